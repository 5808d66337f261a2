"""What the editor does to a draft leaves nothing hanging, and is read again as it was."""

from decimal import Decimal
from fractions import Fraction

import pytest

from succession.principles import building, drafting, drafts, shipped
from succession.principles.changed import changed
from succession.principles.distance import instead_of_seat
from succession.principles.document import PrincipleDocument
from succession.principles.kinds import KINDS, kind_of
from succession.principles.problems import Problem
from succession.principles.refusals import BadDocument
from succession.principles.religion import asks_about_religion
from succession.principles.sample_farms import farms
from succession.principles.trial import answering, rows_of, try_out
from succession.principles.vocabulary import known_criteria, known_exclusions, known_questions

EVERY = list(shipped.names())


def draft_of(name):
    return drafts.kept(drafts.begun_from(shipped.document(name), "Unsere Grundsätze"))


@pytest.mark.parametrize("name", EVERY)
def test_a_draft_of_every_shipped_set_is_complete_and_keeps_its_identifier_in_a_file(name):
    draft = draft_of(name)
    assert isinstance(drafts.attempt(draft), PrincipleDocument)
    again = drafts.from_file(drafts.written(draft))
    assert drafts.fingerprint(again) == drafts.fingerprint(draft)


@pytest.mark.parametrize("name", EVERY)
def test_the_sample_farms_are_tried_on_every_shipped_set(name):
    document = drafts.attempt(draft_of(name))
    trial = try_out(document, answering(document, farms(), {}))
    assert len(trial.farms) == 12
    assert trial.unanswered == ()
    assert len(rows_of(document.raw, trial, "de")) == len(document.catalogue.criteria)


@pytest.mark.parametrize("name", EVERY)
def test_a_form_that_is_saved_unchanged_changes_nothing(name):
    draft = draft_of(name)
    for criterion in draft["catalogue"]["criteria"]:
        kind = kind_of(criterion["kind"])
        if kind is None:
            continue
        question = drafting.question_of(draft, criterion.get("field", criterion["id"])) or {}
        values = building.values_of(kind, criterion, question)
        again = building.criterion_from(kind, {**values, "choices_before": question.get("choices", ())}, criterion)
        without = {key: value for key, value in criterion.items() if key != "evidence"}
        assert {key: value for key, value in again.items() if key != "evidence"} == {**_defaults(kind), **without}


def _defaults(kind):
    """What the form always writes, and a document may leave out."""
    if kind.value in ("steps", "vs_reference", "vs_trimmed_mean"):
        return {"bounds": "lower"}
    if kind.value in ("rank", "proportion_to_best"):
        return {"best": "highest"}
    return {"least": 0} if kind.value in ("awarded", "panel_mean") else {}


@pytest.mark.parametrize("name", EVERY)
def test_taking_out_any_criterion_leaves_a_set_that_can_be_read(name):
    draft = draft_of(name)
    criteria = draft["catalogue"]["criteria"]
    if len(criteria) < 2:
        return
    for criterion in criteria:
        left = drafting.remove_criterion(draft, criterion["id"])
        found = drafts.attempt(left)
        if isinstance(found, Problem):  # only what a person has to decide anew
            assert found.path.endswith(("threshold", "criteria", "lottery")), (criterion["id"], found)
        names = [one["id"] for one in left["catalogue"]["criteria"]]
        assert criterion["id"] not in names


def test_what_nobody_reads_any_more_goes_with_its_criterion():
    draft = draft_of("recommended")
    first = draft["catalogue"]["criteria"][0]
    field = first.get("field", first["id"])
    left = drafting.remove_criterion(draft, first["id"])
    assert drafting.question_of(left, field) is None
    assert drafting.question_of(draft, field) is not None, "the draft it was given stays as it is"


def test_moving_over_the_end_changes_nothing():
    draft = draft_of("recommended")
    names = [one["id"] for one in draft["catalogue"]["criteria"]]
    assert drafting.move_criterion(draft, names[0], -1) == draft
    assert drafting.move_criterion(draft, names[-1], 1) == draft
    assert drafting.move_criterion(draft, "nobody", 1) == draft
    moved = drafting.move_criterion(draft, names[0], 1)
    assert [one["id"] for one in moved["catalogue"]["criteria"]][:2] == [names[1], names[0]]


def test_names_are_plain_and_never_taken_twice():
    assert drafting.fresh_name("Ökologisch & regional", ()) == "oekologisch_regional"
    assert drafting.fresh_name("!!!", ()) == "part"
    assert drafting.fresh_name("Größe", {"groesse", "groesse_2"}) == "groesse_3"


def test_a_number_that_a_field_cannot_show_stays_exact_until_it_is_typed_over():
    assert building.written(building.figure("1/3"), "1/3") == "1/3"
    assert building.written(Decimal("0.5"), "1/3") == "1/2"
    assert building.written(Decimal("3.00")) == 3


def test_every_proposed_criterion_and_exclusion_has_its_question_and_an_answer_of_the_farms():
    asked = {one["id"] for one in known_questions()}
    for some in known_criteria():
        for one in some.criteria:
            assert one.kind in KINDS
            assert one.question["id"] in asked
            assert any(one.question["id"] in farm.answers for farm in farms()), one.key
    assert {one.question["id"] for one in known_exclusions()} <= asked


def test_a_difference_is_told_in_sentences_without_paths():
    before = draft_of("greifswald-2019-motion")
    first = before["catalogue"]["criteria"][0]
    after = drafting.put_criterion(before, {**first, "points": "7/2"}, None)
    after = drafting.move_criterion(after, first["id"], 1)
    after = drafting.put_fields(after, {"price": {**before["price"], "kind": "bid"}, "draw": "by_hand"})
    found = changed(before, after)
    assert len(found) == 4
    for one in found:
        assert "$" not in str(one.sentence)
    assert any(one.is_order for one in found)
    assert changed(before, before) == []


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (b"{", "line 1"),
        (b'{"format": "points-1"}', "$.format"),
        (b'{"format": "principles-1", "catalogue": {"criteria": []}}', "$.catalogue.criteria"),
        (
            b'{"format": "principles-1", "catalogue": {"criteria": [{"id": "a", "kind": "boolean"}]}}',
            "$.catalogue.criteria[0].points",
        ),
        (b'{"format": "principles-1", "extra": 1}', "$.extra"),
        (b'{"a": 1, "a": 2}', "a"),
        (b"[" * 100_000, "$"),
        (b"null", "$"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(content, path):
    with pytest.raises(BadDocument) as refusal:
        drafts.from_file(content)
    assert refusal.value.problem.path.startswith(path)
    assert "cannot be meant" not in refusal.value.problem.what.msgid


def test_religion_is_seen_by_its_mark_by_the_owners_and_by_words():
    assert asks_about_religion(draft_of("ekm-2017"))
    assert not asks_about_religion(draft_of("recommended"))
    draft = draft_of("recommended")
    first = draft["catalogue"]["criteria"][0]
    named = {**first, "label": {"de": "Konfession", "en": "Faith"}}
    assert asks_about_religion(drafting.put_criterion(draft, named, None))


def test_distance_takes_the_place_of_a_seat_with_the_same_most_points():
    draft = draft_of("greifswald-2019-motion")
    criterion = {
        "id": "seat",
        "kind": "boolean",
        "points": "5/2",
        "label": {"de": "Sitz", "en": "Seat"},
        "reason": {"de": "x", "en": "x"},
    }
    question = {
        "id": "seat",
        "answer": "yes_or_no",
        "from": "declared",
        "question": {"de": "Sitz?", "en": "Seat?"},
        "evidence": [],
    }
    draft = drafting.put_criterion(draft, criterion, question)
    after = instead_of_seat(draft, "seat")
    found = drafts.attempt(after)
    assert isinstance(found, PrincipleDocument)
    rule = next(one.rule for one in found.catalogue.criteria if one.identifier == "seat")
    assert rule.greatest == Fraction(5, 2)
    assert drafting.question_of(after, "seat") is None
    assert len(instead_of_seat(after, "seat")["catalogue"]["criteria"]) == len(after["catalogue"]["criteria"]) - 1


def test_the_answers_of_a_choice_are_told_in_the_order_of_the_question():
    document = drafts.attempt(draft_of("recommended"))
    shuffled = drafts.kept(document.raw)  # canonical: sorted by name
    for criterion in shuffled["catalogue"]["criteria"]:
        if "map" in criterion:
            criterion["map"] = dict(sorted(criterion["map"].items(), key=lambda one: (len(one[0]), one[0])))
    told = [rows_of(one.raw, try_out(one, farms()), "de") for one in (document, drafts.attempt(shuffled))]
    assert [row.rule for row in told[0]] == [row.rule for row in told[1]]
    by_question = next(row for row in told[0] if row.kind == "category")
    question = drafting.question_of(
        shuffled,
        next(
            one.get("field", one["id"])
            for one in shuffled["catalogue"]["criteria"]
            if one["id"] == by_question.identifier
        ),
    )
    named = [one["label"]["de"] for one in question["choices"]]
    assert [text.values["choice"] for text in by_question.rule if "choice" in text.values] == named
