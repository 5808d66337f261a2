"""A list is its owner's alone, and what it means is the same whichever way it is asked."""

import threading

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, Role
from succession.accounts.models import Account, OrganisationKind
from succession.accounts.queries import actor_of
from succession.audit.models import AuditEntry
from succession.errors import Forbidden, NotFound, Refused
from succession.exclusions import policy, queries, service
from succession.exclusions.kinds import MOST_ENTRIES, ExclusionKind
from succession.exclusions.models import Exclusion, ExclusionKey
from succession.exclusions.owner import ListOwner
from succession.exclusions.service import NewEntry
from tests.factories.accounts import an_account, an_organisation
from tests.factories.acting import an_agent
from tests.factories.exclusions import NOW, keeps_from
from tests.factories.listings import a_place_called
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_search

PERSON = NewEntry(ExclusionKind.PERSON, "Anna Müller", "anna@example.org")


@pytest.fixture
def owner(session):
    return an_account(session, Role.TRANSFEROR, name="Otto Abgeber")


def hidden(session, account):
    return queries.hiding_from(session, actor_of(session, account.id))


def test_who_is_named_is_kept_from_what_the_owner_publishes_and_others_are_not(session, owner):
    anna = an_account(session, Role.SEEKER, name="Anna Mueller")
    bert = an_account(session, Role.SEEKER, name="Bert Müller")
    keeps_from(session, owner, "Anna Müller")
    assert hidden(session, anna).account_ids == {owner.id}
    assert not hidden(session, bert)
    assert not queries.hiding_from(session, Actor.visitor())


def test_who_takes_another_name_is_recognised_by_the_address_at_once(session, owner):
    keeps_from(session, owner, "Anna Müller", "anna@example.org")
    late = an_account(session, Role.SEEKER, name="Ganz Anders", email="Anna@Example.org")
    assert hidden(session, late).account_ids == {owner.id}


def test_everybody_of_a_firm_is_kept_away_also_who_joins_later(session, owner):
    clerk = an_account(session, Role.LANDOWNER)
    keeps_from(session, owner, "Landhandel Meyer GmbH", kind="firm")
    assert not hidden(session, clerk)
    an_organisation(session, OrganisationKind.PRIVATE, name="Landhandel Meyer", members=[clerk])
    assert hidden(session, clerk).account_ids == {owner.id}


def test_who_seeks_around_a_place_of_the_same_area_counts_as_living_there(session, owner):
    a_small_region(session)
    seeker, other = an_account(session, Role.SEEKER), an_account(session, Role.SEEKER)
    a_search(session, a_profile(session, seeker), place="Gartow")
    a_search(session, a_profile(session, other), place="Lenzen")
    keeps_from(session, owner, kind="place", place=a_place_called(session, "Gartow"))
    assert hidden(session, seeker).account_ids == {owner.id}
    assert not hidden(session, other)


def test_the_list_of_an_organisation_holds_for_the_organisation(session):
    clerk = an_account(session, Role.LANDOWNER)
    parish = an_organisation(session, OrganisationKind.PARISH, members=[clerk])
    anna = an_account(session, Role.SEEKER, name="Anna Müller")
    keeps_from(session, clerk, "Anna Müller", organisation=parish)
    assert hidden(session, anna).organisation_ids == {parish.id}
    assert hidden(session, anna).account_ids == frozenset()


def test_stored_keys_say_the_same_as_asking_each_account(session, owner):
    """Both directions of one relation, over people who are called alike."""
    a_small_region(session)
    names = ["Anna Müller", "Anna Mueller-Schmidt", "Müller", "Bert Meier", "Dr. Bert Meier", "Anna Schmidt", "Carl X"]
    people = [an_account(session, Role.SEEKER, name=name) for name in names]
    an_organisation(session, OrganisationKind.PRIVATE, name="Landhandel Meyer", members=people[2:4])
    a_search(session, a_profile(session, people[6]), place="Trebel")
    owners = [owner, *(an_account(session, Role.TRANSFEROR) for _ in range(4))]
    keeps_from(session, owners[0], "Anna Müller")
    keeps_from(session, owners[1], "Meier")
    keeps_from(session, owners[2], "Landhandel Meyer", kind="firm")
    keeps_from(session, owners[3], kind="place", place=a_place_called(session, "Trebel"))
    keeps_from(session, owners[4], "", people[0].email)
    service.renew_subjects(session, Actor.system())
    for one in owners:
        meant = queries.meant_by(session, ListOwner(account_id=one.id))
        asked = {person.id for person in people if one.id in hidden(session, person).account_ids}
        assert meant.account_ids == asked
        assert asked


def test_a_change_of_name_is_found_by_the_worker(session, owner):
    keeps_from(session, owner, "Anna Müller")
    bert = an_account(session, Role.SEEKER, name="Bert Meier")
    service.renew_subjects(session, Actor.system())
    assert bert.id not in queries.meant_by(session, ListOwner(account_id=owner.id)).account_ids
    session.execute(text("UPDATE account SET name = 'Anna Müller' WHERE id = :id"), {"id": bert.id})
    assert service.renew_subjects(session, Actor.system()) == 1
    assert bert.id in queries.meant_by(session, ListOwner(account_id=owner.id)).account_ids
    assert service.renew_subjects(session, Actor.system()) == 0


def test_nobody_but_its_owner_reads_or_changes_a_list(session, owner):
    keeps_from(session, owner, "Anna Müller")
    (line,) = queries.entries(session, actor_of(session, owner.id), ListOwner(account_id=owner.id))
    strangers = [an_account(session, role) for role in (Role.TRANSFEROR, Role.OPERATOR, Role.ADVISOR, Role.SEEKER)]
    for person in strangers:
        actor = actor_of(session, person.id)
        assert queries.entries(session, actor, ListOwner(account_id=owner.id)) == []
        assert not policy.may_keep(actor, ListOwner(account_id=owner.id))
        with pytest.raises(NotFound):
            service.remove_entry(session, actor, line.public_id, now=NOW)
        with pytest.raises(NotFound):
            service.add_entry(session, actor, ListOwner(account_id=owner.id), PERSON, now=NOW)


def test_who_acts_for_the_owner_adds_to_the_list_and_takes_nobody_off(session, owner):
    """Whoever is taken off sees the offer from then on: that is for the owner to say, as publishing is."""
    agent = an_agent(session, owner)
    service.add_entry(session, agent, ListOwner(account_id=owner.id), PERSON, now=NOW)
    (line,) = queries.entries(session, agent, ListOwner(account_id=owner.id))
    with pytest.raises(Forbidden):
        service.remove_entry(session, agent, line.public_id, now=NOW)
    service.remove_entry(session, actor_of(session, owner.id), line.public_id, now=NOW)
    assert queries.entries(session, agent, ListOwner(account_id=owner.id)) == []


def test_a_line_that_is_written_twice_stands_there_once(session, owner):
    for _ in range(2):
        keeps_from(session, owner, "Anna  Müller ", "anna@example.org")
    assert session.scalar(select(func.count()).select_from(Exclusion)) == 1


def test_taking_a_line_away_takes_its_keys_away(session, owner):
    anna = an_account(session, Role.SEEKER, name="Anna Müller")
    keeps_from(session, owner, "Anna Müller")
    (line,) = queries.entries(session, actor_of(session, owner.id), ListOwner(account_id=owner.id))
    service.remove_entry(session, actor_of(session, owner.id), line.public_id, now=NOW)
    session.commit()
    assert session.scalar(select(func.count()).select_from(ExclusionKey)) == 0
    assert not hidden(session, anna)


@pytest.mark.parametrize(
    "new",
    [
        NewEntry(ExclusionKind.PERSON),
        NewEntry(ExclusionKind.PERSON, "…", "-"),
        NewEntry(ExclusionKind.FIRM, "GmbH", "web.de"),
        NewEntry(ExclusionKind.PLACE),
        NewEntry(ExclusionKind.PERSON, "x" * 121),
    ],
)
def test_what_would_recognise_nobody_is_refused(session, owner, new):
    with pytest.raises(Refused):
        service.add_entry(session, actor_of(session, owner.id), ListOwner(account_id=owner.id), new, now=NOW)


def test_a_list_has_an_end(session, owner):
    for number in range(MOST_ENTRIES):
        keeps_from(session, owner, f"Anna Nummer{chr(97 + number % 26)}{chr(97 + number // 26)}")
    with pytest.raises(Refused):
        keeps_from(session, owner, "Anna Müller")


def test_the_record_holds_no_name(session, owner):
    keeps_from(session, owner, "Anna Müller", "anna@example.org")
    entries = session.scalars(select(AuditEntry).where(AuditEntry.kind == "exclusion")).all()
    assert [entry.action for entry in entries] == ["exclusion.added"]
    assert "Anna" not in repr([vars(entry) for entry in entries])


def test_a_role_that_publishes_nothing_keeps_no_list(session):
    advisor = actor_of(session, an_account(session, Role.ADVISOR).id)
    with pytest.raises((Forbidden, NotFound)):
        service.add_entry(session, advisor, ListOwner(account_id=advisor.account_id), PERSON, now=NOW)


def test_the_same_line_at_once_from_two_tabs_stands_there_once(database):
    with Session(database.engine, expire_on_commit=False) as session:
        owner = an_account(session, Role.TRANSFEROR)

    def add():
        with Session(database.engine) as session:
            service.add_entry(session, actor_of(session, owner.id), ListOwner(account_id=owner.id), PERSON, now=NOW)
            session.commit()

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(database.engine) as session:
        assert session.scalar(select(func.count()).select_from(Exclusion)) == 1
        assert session.scalar(select(func.count()).select_from(Account)) == 1
