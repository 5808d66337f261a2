"""Ten cases in the database: a round, its sheets, the end, and the draft."""

from uuid import uuid4

import pytest

from succession.errors import Conflict, NotFound, Refused
from succession.principles import drafts, queries_rounds, service_rounds, shipped
from succession.principles.case_pages import case_pages
from succession.principles.document import PrincipleDocument
from succession.principles.service_rounds import NewRound, NewSheet
from succession.principles.states import Choice, Origin, SheetWay
from tests.factories.organisations import acting
from tests.factories.principles import NOW, a_clerk


@pytest.fixture
def place(session):
    owner, account = a_clerk(session)
    return owner, acting(session, account, NOW)


def begun(session, owner, actor, *, key=None, name="recommended"):
    wanted = NewRound(owner.public_id, "Committee", key or uuid4(), dict(shipped.document(name).raw))
    return service_rounds.begin(session, actor, wanted, now=NOW)


def a_sheet(found, *, key=None, faction="", choice=Choice.FIRST):
    choices = dict.fromkeys(range(1, len(found.pairs) + 1), choice)
    return NewSheet(faction, choices, SheetWay.PAPER, key or uuid4())


def test_a_round_is_begun_once_and_its_pairs_follow_from_its_seed(session, place):
    owner, actor = place
    key = uuid4()
    found = begun(session, owner, actor, key=key)
    assert begun(session, owner, actor, key=key).id == found.id
    assert len(found.pairs) == 10
    pages = case_pages(found, "de")
    assert [page.number for page in pages] == list(range(1, 11))
    assert all(page.facts and page.first != page.second for page in pages)


def test_a_sheet_that_is_sent_twice_counts_once(session, place):
    owner, actor = place
    found = begun(session, owner, actor)
    sheet = a_sheet(found, faction="Left")
    for _ in range(2):
        service_rounds.add_sheet(session, actor, found.public_id, sheet, now=NOW)
    assert [one.faction for one in queries_rounds.sheets_of(session, found)] == ["Left"]


def test_a_sheet_with_a_case_left_open_or_a_strange_case_is_refused(session, place):
    owner, actor = place
    found = begun(session, owner, actor)
    for choices in ({1: Choice.FIRST}, {99: Choice.FIRST}):
        sheet = NewSheet("", choices, SheetWay.SCREEN, uuid4())
        with pytest.raises(Refused):
            service_rounds.add_sheet(session, actor, found.public_id, sheet, now=NOW)


def test_after_the_end_no_sheet_comes_in_or_goes_out(session, place):
    owner, actor = place
    found = begun(session, owner, actor)
    with pytest.raises(Conflict):
        service_rounds.close(session, actor, found.public_id, now=NOW)
    key = uuid4()
    service_rounds.add_sheet(session, actor, found.public_id, a_sheet(found, key=key), now=NOW)
    with pytest.raises(NotFound):
        service_rounds.remove_sheet(session, actor, found.public_id, uuid4(), now=NOW)
    service_rounds.remove_sheet(session, actor, found.public_id, key, now=NOW)
    service_rounds.add_sheet(session, actor, found.public_id, a_sheet(found), now=NOW)
    service_rounds.close(session, actor, found.public_id, now=NOW)
    for late in (
        lambda: service_rounds.add_sheet(session, actor, found.public_id, a_sheet(found), now=NOW),
        lambda: service_rounds.remove_sheet(session, actor, found.public_id, key, now=NOW),
        lambda: service_rounds.close(session, actor, found.public_id, now=NOW),
    ):
        with pytest.raises(Conflict):
            late()


def test_a_draft_is_made_of_a_closed_round_once(session, place):
    owner, actor = place
    found = begun(session, owner, actor)
    service_rounds.add_sheet(session, actor, found.public_id, a_sheet(found), now=NOW)
    key = uuid4()
    with pytest.raises(Conflict):
        service_rounds.draft_from(session, actor, found.public_id, key, now=NOW)
    service_rounds.close(session, actor, found.public_id, now=NOW)
    made = service_rounds.draft_from(session, actor, found.public_id, key, now=NOW)
    assert service_rounds.draft_from(session, actor, found.public_id, key, now=NOW).id == made.id
    assert made.origin is Origin.TEN_CASES
    document = drafts.attempt(made.document)
    assert isinstance(document, PrincipleDocument)
    assert sum(one.weight for one in document.catalogue.criteria) == 100


def test_a_set_that_tells_no_farms_apart_makes_no_round(session, place):
    owner, actor = place
    with pytest.raises(Refused):
        begun(session, owner, actor, name="highest-bid")


def test_strangers_do_not_see_a_round(session, place):
    owner, actor = place
    found = begun(session, owner, actor)
    _, stranger = a_clerk(session)
    with pytest.raises(NotFound):
        queries_rounds.round_for(session, acting(session, stranger, NOW), found.public_id)
