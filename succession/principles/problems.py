"""Why a principle document cannot be read, said in plain words with the place. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from succession.i18n import Text
from succession.principles.places import place
from succession.records.documents import DocumentError

LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where; `path` is for whoever looks into the file."""

    where: Text
    what: Text
    path: str

    @property
    def sentence(self) -> Text:
        """Both in one."""
        return Text("%(where)s: %(what)s", {"where": self.where, "what": self.what})


_REASONS: tuple[tuple[str, Text], ...] = (
    (r"this is not JSON.*", Text("This is not a JSON file.")),
    (r"the document is nested too deeply", Text("This is nested too deeply.")),
    (r"a document is an object.*", Text("The file holds no principles.")),
    (r"must be principles-1", Text("The file is not in the format principles-1.")),
    (r"this field is missing", Text("This is missing.")),
    (r"this field stands there twice", Text("This stands there twice.")),
    (r"(.+) stands in this list twice", Text("“%(one)s” stands there twice.")),
    (r"is not a field that is known here", Text("This is not known here. It may be misspelt.")),
    (r"must be a list", Text("A list belongs here.")),
    (r"must be an object", Text("Named values belong here.")),
    (r"must be a text that is not empty", Text("A text belongs here.")),
    (r"must be true or false", Text("Yes or no (true or false) belongs here.")),
    (r"must be a number.*", Text("A number belongs here.")),
    (r"divides by 0", Text("Nothing can be divided by 0.")),
    (r"must be greater than 0", Text("This must be more than 0.")),
    (r"must not be negative", Text("This must not be less than 0.")),
    (r"must be a whole number from (\S+) to (\S+)", Text("A whole number from %(one)s to %(two)s belongs here.")),
    (r"must lie between (\S+) and (\S+)", Text("This must lie between %(one)s and %(two)s.")),
    (r"'?(.+?)'? is none of (?:the languages )?(.+)", Text("“%(one)s” is not known. Known are: %(two)s.")),
    (r"is none of the languages (.+)", Text("Only these languages are known: %(one)s.")),
    (r"unknown kind '(.+)'; known are (.+)", Text("The kind “%(one)s” is not known. Known are: %(two)s.")),
    (r"a step is its bound and its points", Text("A step is a bound and its points.")),
    (r"steps must be sorted.*", Text("The steps must go upwards, each bound greater than the one before.")),
    (r"at least one step is needed", Text("At least one step is needed.")),
    (r"must differ from `from`", Text("The two ends must differ.")),
    (r"must have the sign of `points`", Text("Points and the most points must both be above or both be below 0.")),
    (r"at least one category is needed", Text("At least one answer is needed.")),
    (r"must be greater than `least`", Text("The most must be greater than the least.")),
    (r"at least one rank is needed", Text("At least one rank is needed.")),
    (r"a worse rank never earns more", Text("A worse rank must not earn more than a better one.")),
    (r"a rank never earns less.*", Text("A rank must not earn less than 0 points.")),
    (r"one criterion has a weight, so all need one", Text("Other criteria have a weight, so this one needs one too.")),
    (r"has a weight, but no points can be reached", Text("It has a weight, but nobody can reach a point.")),
    (r"the weights add up to (\S+), not to (\S+)", Text("The weights add up to %(one)s, not to %(two)s.")),
    (r"nobody can reach more than (\S+)", Text("Nobody can reach more than %(one)s points.")),
    (r"at least one criterion is needed", Text("There is no criterion yet.")),
    (r"the equivalences of (\S+) lead back.*", Text("What counts as the same leads back to itself (%(one)s).")),
    (r"needs exactly one of .*", Text("Exactly one comparison belongs here.")),
    (r"a rule that looks at the whole field.*", Text("A rule that looks at all offers takes no equivalences.")),
    (r"no criterion belongs to this group", Text("No criterion belongs to this group.")),
    (r"(?:.+) has no cap for this group", Text("The group has no upper limit of points.")),
    (r"there is no criterion (.+)", Text("There is no criterion “%(one)s”.")),
    (r"there is no group (.+)", Text("There is no group “%(one)s”.")),
    (r"belongs to an earlier stage", Text("It belongs to an earlier stage already.")),
    (r"the catalogue reads (.+), but nobody is asked.*", Text("The points need “%(one)s”, but nobody is asked.")),
    (r"nothing in the catalogue reads (.+)", Text("No criterion and no rule needs this question.")),
    (r"the catalogue wants (.+)", Text("The answer is of another kind than the criterion needs.")),
    (r"is read by rules that want different.*", Text("Two rules read the same answer in different ways.")),
    (r"only a church may ask about religion", Text("Only a church may ask about religion.")),
    (r"nobody has to answer a question about.*", Text("Nobody has to answer a question about religion.")),
    (r"where the price is fixed, nobody bids", Text("The price is fixed, so nobody makes an offer.")),
    (r"must be exactly those of criterion (.+)", Text("The answers and the points of the criterion do not fit.")),
    (r"does not fit criterion (.+): a body.*", Text("Points that a body gives cannot be stated by applicants.")),
    (r"a measured answer names its distance.*", Text("A measured figure needs a distance, and only that does.")),
    (r"an answer by choice or by shares.*", Text("Only a choice has answers to choose from, and it needs some.")),
    (r"the draw belongs to a call.*", Text("The draw of lots belongs to a call, not to its principles.")),
    (r"a partial set says what is missing", Text("The set is said to be incomplete, but not what is missing.")),
    (r"a set with criteria that are not.*", Text("Some criteria have no points, so the set is not complete.")),
    (r"more than one look needs `every_months`", Text("Several checks need the months between them.")),
    (r"a \w+ cannot stand in a document", Text("This cannot stand in such a document.")),
    (r"at most (\d+) criteria are possible", Text("At most %(one)s criteria are possible.")),
    (r"no figure is larger or finer than (\d+)", Text("This figure is too large, or has too many places.")),
    (r"holds half a character.*", Text("The text holds a character that is not whole.")),
)
_COMPILED = tuple((re.compile(pattern, re.DOTALL), text) for pattern, text in _REASONS)
_NAMES = ("one", "two")


def problem_of(error: DocumentError, document: Mapping[str, Any], language: str = "de") -> Problem:
    """The error of the strict reader, for people."""
    path = error.path if error.path.startswith("$") else ""
    where = place(path, document, language) if path else Text("The file (%(place)s)", {"place": error.path})
    return Problem(where, _reason(error.reason), error.path)


def _reason(reason: str) -> Text:
    for pattern, text in _COMPILED:
        found = pattern.fullmatch(reason)
        if found:
            values = {name: value[:LONGEST_SHOWN] for name, value in zip(_NAMES, found.groups(), strict=False)}
            return replace(text, values=values)
    return Text("This cannot be meant (%(reason)s).", {"reason": reason[:LONGEST_SHOWN]})
