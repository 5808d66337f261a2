"""Legal texts as versions: who may write them, what a change does, what is missing."""

from datetime import timedelta

import pytest

from succession.accounts.actor import Actor, Role
from succession.errors import Conflict, Forbidden, Refused
from succession.legal import queries, service
from succession.legal.vocabulary import LONGEST_DETAIL, Detail, LegalPage, TextLanguage
from tests.factories.accounts import an_actor

GERMAN = TextLanguage.GERMAN
ALL_DETAILS = {detail: f"Angabe zu {detail.value}" for detail in Detail}


def save(session, actor, body, now, *, seen=0, page=LegalPage.IMPRINT):
    return service.save_text(session, actor, page, GERMAN, body, seen_version=seen, now=now)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.OPERATOR}])
def test_only_operator_and_coordination_write_texts(session, now, role):
    actor = an_actor(session, role)
    with pytest.raises(Forbidden):
        save(session, actor, "Text", now)
    with pytest.raises(Forbidden):
        service.save_details(session, actor, ALL_DETAILS, now=now)
    with pytest.raises(Forbidden):
        service.take_on(session, actor, now=now)


def test_each_change_is_a_new_version_and_the_old_one_stays_readable(session, now):
    actor = an_actor(session, Role.OPERATOR)
    save(session, actor, "Erste", now)
    save(session, actor, "Zweite", now + timedelta(days=1), seen=1)
    assert queries.text_in_force(session, LegalPage.IMPRINT, GERMAN).published == "Zweite\n"
    assert queries.text_of_version(session, LegalPage.IMPRINT, GERMAN, 1).published == "Erste\n"
    assert [number for number, _ in queries.versions(session, LegalPage.IMPRINT, GERMAN)] == [2, 1]


def test_the_same_text_again_changes_nothing(session, now):
    actor = an_actor(session, Role.OPERATOR)
    save(session, actor, "Erste", now)
    assert save(session, actor, "Erste\r\n", now, seen=1).version == 1


def test_who_did_not_see_the_newest_version_overwrites_nothing(session, now):  # R13
    actor = an_actor(session, Role.OPERATOR)
    save(session, actor, "Erste", now)
    with pytest.raises(Conflict):
        save(session, actor, "Andere", now, seen=0)


def test_an_empty_text_or_an_endless_detail_is_refused(session, now):
    actor = an_actor(session, Role.OPERATOR)
    with pytest.raises(Refused):
        save(session, actor, " \n ", now)
    with pytest.raises(Refused):
        service.save_details(session, actor, {Detail.PHONE: "0" * (LONGEST_DETAIL + 1)}, now=now)


def test_details_fill_every_text_and_make_new_versions_only_where_something_changes(session, now):
    actor = Actor.system()
    service.take_on(session, actor, now=now)
    assert service.save_details(session, actor, {Detail.OPERATOR: "Hofnetz e. V."}, now=now) == 8
    assert service.save_details(session, actor, {Detail.OPERATOR: "Hofnetz e. V."}, now=now) == 0
    assert service.save_details(session, actor, {Detail.ARBITRATION_BODY: "Stelle, Hannover"}, now=now) == 2
    text = queries.text_in_force(session, LegalPage.ACCESSIBILITY, GERMAN)
    assert (text.version, "Stelle, Hannover" in text.published) == (2, True)
    assert "[Schlichtungsstelle]" in text.body
    assert "[Schlichtungsstelle]" in queries.text_of_version(session, LegalPage.ACCESSIBILITY, GERMAN, 1).published


def test_nothing_is_missing_once_details_are_entered_and_texts_taken_on(session, now):
    actor = Actor.system()
    assert len(queries.missing(session)) == 10
    service.save_details(session, actor, ALL_DETAILS, now=now)
    left = queries.missing(session)
    assert {(one.language, one.is_taken_on, one.gaps) for one in left} == {(GERMAN, False, ())}
    service.take_on(session, actor, now=now)
    assert queries.missing(session) == []
    assert service.take_on(session, actor, now=now) == 0


def test_a_text_of_ones_own_with_a_gap_is_missing_again(session, now):
    actor = Actor.system()
    service.save_details(session, actor, ALL_DETAILS, now=now)
    service.take_on(session, actor, now=now)
    save(session, actor, "Wir sind [hier noch etwas].", now, seen=1)
    assert [(one.page, one.gaps) for one in queries.missing(session)] == [(LegalPage.IMPRINT, ("[hier noch etwas]",))]
