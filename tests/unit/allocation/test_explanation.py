from fractions import Fraction

import pytest

from succession.allocation import explanation
from succession.allocation.catalogue import Applicant, Catalogue, Criterion, Exclusion, Lottery, Stage, TieBreak
from succession.allocation.conditions import Condition, Test
from succession.allocation.points import evaluate
from succession.allocation.rounding import Direction, Rounding
from succession.allocation.rules_field import ProportionToBest, RankOfBid, VersusTrimmedMean
from succession.allocation.rules_measures import Ladder, Linear, PerUnit, Steps, UnitsInBands, VersusReference
from succession.allocation.rules_statements import AreaWeighted, Awarded, Boolean, Category, PanelMean
from succession.allocation.wording import Wording, figure, statement
from succession.i18n import Text, load_translations, render

F = Fraction
LADDER = Ladder.of([(F(5), F(2)), (F(10), F(3))])
KM = Wording("Entfernung", "km")


def german(*texts):
    return " ".join(render(text, load_translations("de"), "de") for text in texts)


def of(criterion, value, wording=KM, others=(), **applicant):
    field = [Applicant("a", {criterion.reads: value}, **applicant)]
    field += [Applicant(f"b{k}", {criterion.reads: other}) for k, other in enumerate(others)]
    catalogue = Catalogue((criterion,), lottery=Lottery("seed", "round"))
    line = evaluate(catalogue, field).cards[0].lines[0]
    return german(*explanation.sentences(line, criterion, wording))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(F(3), "3"), (F(1, 2), "0,5"), (F(55, 7), "7 6/7 (rund 7,857)"), (F(-1, 3), "-1/3 (rund -0,333)"), (F(0), "0")],
)
def test_a_figure_is_exact_wherever_a_pencil_must_follow(value, shown):
    assert german(Text("%(figure)s points", {"figure": figure(value)})) == f"{shown} Punkte"


@pytest.mark.parametrize(
    ("rule", "value", "said"),
    [
        (Boolean(F(3)), True, "Angegeben: ja. Punkte: 3 von höchstens 3."),
        (Boolean(F(-2)), True, "Angegeben: ja. Abzug: 2 Punkte."),
        (Boolean(F(-2)), False, "Angegeben: nein. Kein Abzug."),
        (Steps(LADDER), F(7), "Angegeben: 7 km. Erreichte Stufe: ab 5 km. Punkte: 2 von höchstens 3."),
        (Steps(LADDER), F(1), "Angegeben: 1 km. Keine Stufe ist erreicht. Punkte: 0 von höchstens 3."),
        (
            Linear(F(40), F(5), F(10), Rounding(F(5), Direction.UP)),
            F(12),
            "Angegeben: 12 km. Nach der Regel gerundet: 15 km. Punkte: 7 1/7 (rund 7,143) von höchstens 10.",
        ),
        (PerUnit(F(1), F(2), F(5)), F(7), "Angegeben: 7 km. Gezählt: 3 × 2 km. Punkte: 3 von höchstens 5."),
        (Category({"full": F(3)}), "full", "Angegeben: full. Punkte: 3 von höchstens 3."),
        (
            AreaWeighted({"a": F(4), "b": F(2)}),
            (("a", F(1)), ("b", F(3))),
            "Angegeben: a: 1 km, b: 3 km. Punkte: 2,5 von höchstens 4.",
        ),
        (VersusReference(LADDER, F(2)), F(12), "Angegeben: 12 km. Erreichte Stufe: ab 5. Punkte: 2 von höchstens 3."),
        (Awarded("Rat", F(0), F(4)), F(4), "Angegeben: 4 km. Punkte: 4 von höchstens 4."),
        (
            PanelMean("Rat", F(0), F(4), F(8)),
            (F(3), F(4)),
            "Angegeben: 3 km, 4 km. Mittel der Noten: 3,5. Punkte: 7 von höchstens 8.",
        ),
        (UnitsInBands(LADDER, F(4)), (F(5), F(10)), "Angegeben: 5 km, 10 km. Gezählt: 2. Punkte: 4 von höchstens 4."),
    ],
)
def test_a_line_says_statement_step_and_points(rule, value, said):
    assert of(Criterion("c", rule, "c"), value) == said


def test_lines_that_look_at_the_field_say_so():
    euro = Wording("Gebot", "Euro")
    rank = Criterion("bid", RankOfBid((F(3), F(1))), "bid")
    assert "unter allen Geboten Platz 2." in of(rank, F(200), euro, others=[F(300)])
    share = Criterion("bid", ProportionToBest(F(10)), "bid")
    assert "Gemessen am besten Gebot: 50 Prozent. Punkte: 5 von höchstens 10." in of(share, F(1), euro, others=[F(2)])
    mean = Criterion("bid", VersusTrimmedMean(Ladder.of([(F(1), F(2))])), "bid")
    assert "Erreichte Stufe: ab 1. Punkte: 2" in of(mean, F(2), euro, others=[F(2)])


def test_what_is_missing_and_what_would_prove_it_is_said():
    criterion = Criterion("organic", Boolean(F(3)), "organic", evidence=("Kontrollblatt", "Vertrag"))
    assert of(criterion, None) == "Keine Angabe. Keine Punkte. Als Nachweis zählt: Kontrollblatt, Vertrag."
    assert of(criterion, True, unproven=frozenset({"organic"})) == (
        "Angegeben: ja. Keine Punkte, weil kein Nachweis da ist. Als Nachweis hätte gezählt: Kontrollblatt, Vertrag."
    )


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Boolean(F(-1)), "Bei Ja: 1 Punkt Abzug."),
        (Steps(LADDER), "Ab 5 km: 2 Punkte. Ab 10 km: 3 Punkte."),
        (Steps(Ladder.of([(F(5), F(2))], upper=True)), "Bis 5 km: 2 Punkte."),
        (
            Linear(F(40), F(5), F(10)),
            "Bei 40 km gibt es keine Punkte, bei 5 km gibt es 10 Punkte. Dazwischen steigt es gleichmäßig.",
        ),
        (PerUnit(F(1), F(2), F(5)), "Für je 2 km: 1 Punkt. Zusammen höchstens 5 Punkte."),
        (RankOfBid((F(3), F(1))), "Das höchste Gebot ist das beste. Platz 1: 3 Punkte. Platz 2: 1 Punkt."),
        (Awarded("Der Rat", F(0), F(4)), "Der Rat vergibt von 0 bis 4 Punkte."),
    ],
)
def test_a_rule_is_said_in_full(rule, said):
    assert german(*explanation.rule_sentences(Criterion("c", rule, "c"), KM)) == said


def test_a_weight_is_counted_into_what_the_rule_says():
    weighted = Criterion("c", Boolean(F(1)), "c", weight=F(35))
    assert german(*explanation.rule_sentences(weighted, KM)) == "Ja bringt 35 Punkte."


YES = Criterion("organic", Boolean(F(3)), "organic", "nature")
NEAR = Criterion("near", Boolean(F(2)), "near", "nature", at_least=F(0))
CATALOGUE = Catalogue(
    criteria=(YES, NEAR, Criterion("jobs", Boolean(F(4)), "jobs")),
    group_caps={"nature": F(4)},
    exclusions=(Exclusion("lie", Condition("lie", Test.EQUALS, value=True)),),
    stages=(Stage("first", ("near",), F(2)),),
    threshold=F(3),
    tie_breaks=(TieBreak("organic"), TieBreak(fact="years")),
    lottery=Lottery("seed", "round"),
)
WORDS = {name: Wording(label) for name, label in {"lie": "falsche Angabe", "first": "Erste Stufe"}.items()}
FIELD = [
    Applicant("best", {"organic": True, "near": True, "jobs": True}),
    Applicant("tie", {"organic": False, "near": True, "jobs": False, "years": F(4), "extra": True}),
    Applicant("liar", {"organic": True, "near": True, "lie": True}),
    Applicant("far", {"organic": True, "near": False, "jobs": True}),
]


def test_whoever_has_no_place_is_told_why():
    result = evaluate(CATALOGUE, FIELD)
    said = {
        card.applicant.identifier: german(*explanation.not_ranked_because(CATALOGUE, result, card, WORDS))
        for card in result.cards
    }
    assert said == {
        "best": "",
        "tie": "Die Summe ist 2. Die Grundsätze verlangen mindestens 3 Punkte.",
        "liar": "Durch die Grundsätze ausgeschlossen: falsche Angabe.",
        "far": "Erste Stufe: 0. Diese Stufe verlangt mindestens 2 Punkte.",
    }


def test_a_cut_at_the_groups_cap_and_the_total_are_said():
    card = evaluate(CATALOGUE, FIELD).cards[0]
    assert german(*explanation.group_sentences(card, {})) == "nature: zusammen 5 Punkte, davon zählen 4."
    assert german(explanation.total_sentence(CATALOGUE, card)) == "Summe: 8 Punkte."


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ({"jobs": True, "organic": True}, {"jobs": True}, "Der Platz davor hat die Summe 7, dieser Platz 4."),
        ({"organic": True, "near": True}, {"jobs": True}, "Es entscheidet „organic“: 3 gegen 0 Punkte."),
        ({"jobs": True, "years": F(9)}, {"jobs": True, "years": F(1)}, "Bis hierher gleich. Es entscheidet „years“."),
        ({"jobs": True}, {"jobs": True}, "In allem gleich, was zählt. Das Los hat entschieden."),
    ],
)
def test_what_separated_two_places_is_told(first, second, said):
    catalogue = Catalogue(
        CATALOGUE.criteria, group_caps=CATALOGUE.group_caps, tie_breaks=CATALOGUE.tie_breaks, lottery=CATALOGUE.lottery
    )
    result = evaluate(catalogue, [Applicant("a", first), Applicant("b", second)])
    place, last = result.ranking
    assert german(*explanation.why_behind(catalogue, result, place, {})) == "Erster Platz der Rangfolge."
    assert german(*explanation.why_behind(catalogue, result, last, {})).endswith(said)


def test_a_statement_uses_the_names_people_know():
    assert statement("full", Wording("Bio", choices={"full": "ganzer Betrieb"})) == "ganzer Betrieb"
