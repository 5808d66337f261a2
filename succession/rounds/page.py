"""What the office reads of a run: who would hold what, how it came out, what the rule costs. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from succession.i18n import Text
from succession.rounds.words import HUNDRED, RULES, hectares


@dataclass(frozen=True, slots=True)
class Held:
    """One lot and whoever it falls to."""

    number: int
    name: str
    code: str | None
    applicant: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule beside the others."""

    label: Text
    placed: int
    first_wishes: int
    passed_over: int


def holders(result: Mapping[str, Any], lots: Mapping[int, str], names: Mapping[str, str]) -> list[Held]:
    """Every lot, by number; a name is missing where the application was emptied."""
    found = result.get("holders", {})
    rows = []
    for number, name in sorted(lots.items()):
        code = found.get(str(number))
        rows.append(Held(number, name, code, names.get(code, code) if code else None))
    return rows


def report_sentences(result: Mapping[str, Any], groups: Mapping[str, str]) -> list[Text]:
    """Placed, wishes, land, and groups by the words of their question."""
    report = result.get("report")
    if report is None:
        return []
    placed, members = report["placed"]
    found = [
        Text("%(placed)s of %(members)s applicants have at least one lot.", {"placed": placed, "members": members})
    ]
    for place, count in enumerate(report["wishes"], start=1):
        if count:
            found.append(Text("Wish %(place)s came true: %(count)s.", {"place": place, "count": count}))
    found.append(Text("Given out: %(area)s.", {"area": hectares(Fraction(report["area_m2"]))}))
    if report["gini"] is not None:
        gini = {"share": round(Fraction(report["gini"]) * HUNDRED)}
        found.append(Text("Unevenness of the hectares (Gini): %(share)s of 100. 0 means the same for all.", gini))
    for name, (inside, of) in report["groups"].items():
        values = {"group": groups.get(name, name), "placed": inside, "members": of}
        found.append(Text("Yes to “%(group)s”: %(placed)s of %(members)s have a lot.", values))
    return found


def rules(result: Mapping[str, Any]) -> list[Rule]:
    """The rule of the round first."""
    found = result.get("rules", {})
    return [Rule(label, **found[name]) for name, label in RULES.items() if name in found]


def price_sentences(figures: Mapping[str, Any], result: Mapping[str, Any]) -> list[Text]:
    """What is given up for the rule, against the best that any placement reaches."""
    report = result["report"]
    found: list[Text] = []
    if figures.get("most_placed"):
        most = Fraction(figures["most_placed"]["found"])
        values = {"most": int(most), "placed": report["placed"][0]}
        found.append(
            Text("Without regard to points, %(most)s applicants could have a lot; the rule gives %(placed)s.", values)
        )
    if figures.get("largest_area"):
        largest, given = Fraction(figures["largest_area"]["bound"]), Fraction(report["area_m2"])
        areas = {"largest": hectares(largest), "given": hectares(given)}
        found.append(Text("At most %(largest)s could be given out; the rule gives out %(given)s.", areas))
    fewest = figures.get("fewest_passed_over")
    if fewest and fewest["found"] == fewest["bound"]:
        count = {"count": int(Fraction(fewest["found"]))}
        found.append(Text("In the division that passes over the fewest, %(count)s pairs are passed over.", count))
    if any(one and one["found"] != one["bound"] for one in figures.values()) or not found:
        found.append(Text("The search was ended by its limit; a better division may exist."))
    return found
