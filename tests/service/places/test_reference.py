"""Reference counts: estimates at first, a coordinator's numbers afterwards, and what they do to offers."""

import csv
import io

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from succession.accounts.actor import Actor, Role
from succession.errors import Forbidden
from succession.facts.kinds import Kind
from succession.listings import service_placing
from succession.places import queries_levels, reference_file, service_reference
from succession.places.models import PlaceArea
from succession.places.models_reference import ReferenceCount
from tests.factories.accounts import an_account, an_actor
from tests.factories.listings import NOW, a_published_listing
from tests.factories.places import a_small_region

HEAD = "area;branch;count;source;date\n"


@pytest.fixture
def region(session):
    a_small_region(session)


def code_of(session, name, level=4):
    return session.scalars(select(PlaceArea.code).where(PlaceArea.name == name, PlaceArea.level == level)).one()


def take(session, text):
    read = reference_file.read((HEAD + text).encode(), queries_levels.area_codes(session), today=NOW.date())
    assert read.problems == ()
    taken = service_reference.import_counts(session, Actor.system(), read.counts, now=NOW)
    session.commit()
    return taken


def test_the_shipped_numbers_are_estimates_and_say_so(session, region):
    counted, estimated = queries_levels.reference_size(session)
    assert counted == 0
    assert estimated > 300
    assert set(session.scalars(select(ReferenceCount.is_estimate))) == {True}
    assert all("Schätzung" in source for source in session.scalars(select(ReferenceCount.source).distinct()))


def test_loading_again_adds_no_estimates(session, region):
    before = queries_levels.reference_size(session)
    a_small_region(session)
    assert queries_levels.reference_size(session) == before


def test_a_counted_number_takes_the_place_of_an_estimate_and_repeats_change_nothing(session, region):
    gartow = code_of(session, "Gartow")
    row = f"{gartow};farm;3;Gemeinde;2026-03-01\n"
    assert take(session, row) == service_reference.CountsTaken(new=0, changed=1, unchanged=0)
    assert take(session, row) == service_reference.CountsTaken(new=0, changed=0, unchanged=1)
    assert queries_levels.reference_size(session)[0] == 1


def test_an_offer_is_shown_wider_as_soon_as_the_counts_say_so_and_never_nearer_again(session, region):
    """LP-3"""
    listing = a_published_listing(session, an_account(session, Role.TRANSFEROR))
    gartow = code_of(session, "Gartow")
    assert listing.published_level == 4
    take(session, f"{gartow};farm;4;Gemeinde;2026-03-01\n")
    assert service_placing.apply_reference(session, Actor.system(), now=NOW) == 1
    assert listing.published_level == 5
    take(session, f"{gartow};farm;400;Gemeinde;2026-03-02\n")
    assert service_placing.apply_reference(session, Actor.system(), now=NOW) == 0
    assert listing.published_level == 5


def test_where_nothing_is_counted_nothing_is_shown(session, region):
    """LP-13"""
    listing = a_published_listing(session, an_account(session, Role.TRANSFEROR), kind=Kind.INN)
    session.query(ReferenceCount).delete()
    service_placing.apply_reference(session, Actor.system(), now=NOW)
    left = "SELECT count(*) FROM listing_publication WHERE listing_id = :id"
    assert session.connection().exec_driver_sql(left.replace(":id", str(listing.id))).scalar() == 0


def test_only_the_coordination_and_the_operator_may_bring_in_counts(session, region):
    for role in (Role.TRANSFEROR, Role.ADVISOR, Role.SEEKER, Role.LANDOWNER):
        with pytest.raises(Forbidden):
            service_reference.import_counts(session, an_actor(session, role), (), now=NOW)
    service_reference.import_counts(session, an_actor(session, Role.COORDINATOR), (), now=NOW)


def test_the_operator_may_ask_for_a_larger_k(session, region):
    owner = an_account(session, Role.TRANSFEROR)
    session.info["least_alike"] = 10_000
    try:
        with pytest.raises(Exception, match="We cannot tell"):
            a_published_listing(session, owner)
    finally:
        del session.info["least_alike"]


def test_the_command_takes_a_file_or_refuses_it_whole(session, region, monkeypatch, tmp_path):
    from contextlib import contextmanager

    from succession.cli import reference

    @contextmanager
    def ours(_settings=None):
        yield session

    monkeypatch.setattr(reference, "database_session", ours)
    monkeypatch.setattr(reference, "settings_or_exit", lambda: None)
    gartow, file = code_of(session, "Gartow"), tmp_path / "counts.csv"
    file.write_text(f"{HEAD}{gartow};farm;7;Gemeinde;2026-03-01\nL4-0;farm;7;Gemeinde;2026-03-01\n")
    refused = CliRunner().invoke(reference.reference, ["import", str(file), "--json"])
    assert refused.exit_code == 1
    assert '"row": 2' in refused.stdout
    assert queries_levels.reference_size(session)[0] == 0
    file.write_text(f"{HEAD}{gartow};farm;7;Gemeinde;2026-03-01\n")
    assert CliRunner().invoke(reference.reference, ["import", str(file)]).exit_code == 0
    printed = CliRunner().invoke(reference.reference, ["export", "--counted"]).stdout
    assert [row["count"] for row in csv.DictReader(io.StringIO(printed), delimiter=";")] == ["7"]
