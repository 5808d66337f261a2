"""Makes the record of one decision from its scoring run: the full form, and from it the public one. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from succession.allocation.catalogue import Applicant, Catalogue, Criterion
from succession.allocation.points import Result, comparisons, evaluate
from succession.allocation.points_catalogue import catalogue as read_catalogue
from succession.allocation.points_values import applicants as read_applicants
from succession.allocation.points_values import facts, rules_by_field
from succession.allocation.principles import identifier
from succession.allocation.ranking import Block
from succession.allocation.rules_field import RankOfBid
from succession.allocation.scorecards import Line, Scorecard
from succession.awards.record_hiding import sealed_because, shown_step
from succession.awards.record_lines import chained, hidden, letters, plain, without_openings
from succession.records.documents import DocumentError

Data = Mapping[str, Any]
Salt = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Material:
    """All that goes into a record.

    `call` and `decision` are published as they are; the decision names whom it concerns by `code`. `hashes` are those
    of the run, which are published in a commitment only: a hash of what was stated would let people guess it.
    """

    identifier: str
    call: Data
    run: Data
    hashes: Data
    principles: Data
    case: Data
    letters: Mapping[str, str]
    decision: Data


def draw_letters(codes: Sequence[str], shuffle: Callable[[list[str]], None], known: Data) -> dict[str, str]:
    """A letter for everyone, dealt by chance, so that none tells who came first; those given before are kept."""
    left = [code for code in codes if code not in known]
    free = list(islice((one for one in letters() if one not in set(known.values())), len(left)))
    shuffle(free)
    return {**{code: known[code] for code in codes if code in known}, **dict(zip(left, free, strict=True))}


def full_record(material: Material, salt: Salt) -> dict[str, Any]:
    """A case of `award-1` with what was stated and every salt; `salt` gives a new random one each time."""
    ledger = chained(material.identifier, list(_lines(material, salt)))
    return {"id": material.identifier, "record": "full", "record_hash": ledger[-1]["hash"], "lines": ledger}


def public_record(full: Data) -> dict[str, Any]:
    """The same record without what its commitments hide."""
    return {**full, "record": "public", "lines": without_openings(full["lines"])}


@dataclass(frozen=True, slots=True)
class _Scored:
    """What was computed, with everybody by their letter where it is told."""

    document: Data
    catalogue: Catalogue
    applicants: Sequence[Applicant]
    result: Result
    letters: Mapping[str, str]
    is_sealed: bool

    @property
    def fields(self) -> list[str]:
        """The same for everyone, stated or not, so that silence is hidden too."""
        read = fields_of(self.catalogue)
        stated = {name for one in self.document["applicants"] for name in one["values"]}
        return [*read, *sorted(stated - set(read))]

    def letter(self, code: str) -> str:
        return self.letters[code]


def place_of_letter(letter: str) -> tuple[int, str]:
    """A … Z, AA …: the shorter first."""
    return len(letter), letter


def _lines(material: Material, salt: Salt) -> Iterator[dict[str, Any]]:
    """The ledger without its hashes."""
    scored = _scored(material)
    yield {"line": "call", **plain(material.call)}
    yield {"line": "run", **plain(material.run), **hidden(salt(), plain(material.hashes))}
    yield {"line": "principles", "id": identifier(material.principles), "document": plain(material.principles)}
    yield {"line": "lot", "facts": plain(material.case.get("lot", {}))}
    yield {"line": "lottery", "draw": _lottery(material)}
    reasons = sealed_because(material.principles, scored.catalogue)
    yield {"line": "sealed", "because": [{"where": one.where, "because": one.because.value} for one in reasons]}
    cards = {card.applicant.identifier: card for card in scored.result.cards}
    separated = _separated(scored)
    stated = {one["id"]: one for one in material.case["applicants"]}
    for code in sorted(stated, key=lambda one: place_of_letter(scored.letter(one))):
        yield from _applicant(scored, stated[code], salt)
        if code in cards:
            yield from _card(scored, cards[code], separated, salt)
    yield from _offers(scored)
    yield _order(scored, salt)
    yield {"line": "decision", **_decision(material)}


def _scored(material: Material) -> _Scored:
    path = "$.catalogue"
    lottery = {key: value for key, value in material.case["catalogue"].items() if key == "lottery"}
    if identifier({**material.principles["catalogue"], **lottery}) != identifier(material.case["catalogue"]):
        raise DocumentError(path, "is not the catalogue of the principles")
    catalogue = read_catalogue(material.case["catalogue"], path)
    applicants = read_applicants(material.case, catalogue, "$")
    result = evaluate(catalogue, applicants, facts(material.case.get("lot", {}), {}, "$.lot"))
    is_sealed = bool(sealed_because(material.principles, catalogue))
    return _Scored(material.case, catalogue, applicants, result, material.letters, is_sealed)


def _lottery(material: Material) -> Any:
    """The draw of the call; a draw held by hand names letters."""
    lottery = material.case["catalogue"].get("lottery")
    if lottery is None or "drawn" not in lottery:
        return plain(lottery)
    return {**plain(lottery), "drawn": [material.letters[code] for code in lottery["drawn"]]}


def fields_of(catalogue: Catalogue) -> list[str]:
    """Every field that the principles read."""
    read = dict.fromkeys(rules_by_field(catalogue))
    read |= dict.fromkeys(clause.when.field for one in catalogue.criteria for clause in one.equivalences)
    read |= dict.fromkeys(one.condition.field for one in catalogue.exclusions)
    read |= dict.fromkeys(one.field for one in catalogue.waves)
    read |= dict.fromkeys(one.fact for one in catalogue.tie_breaks if one.fact)
    return list(read)


def _applicant(scored: _Scored, stated: Data, salt: Salt) -> Iterator[dict[str, Any]]:
    letter = scored.letter(stated["id"])
    state = "withdrawn" if stated.get("withdrawn") else "admitted"
    yield {"line": "applicant", "letter": letter, "state": state, **hidden(salt(), stated["id"])}
    for field in scored.fields:
        value = plain(stated["values"].get(field))
        yield {"line": "value", "letter": letter, "field": field, **hidden(salt(), value)}
    yield {"line": "unproven", "letter": letter, **hidden(salt(), sorted(stated.get("unproven", [])))}


def _card(scored: _Scored, card: Scorecard, separated: "_Separated", salt: Salt) -> Iterator[dict[str, Any]]:
    letter = scored.letter(card.applicant.identifier)
    for criterion, line in zip(scored.catalogue.criteria, card.lines, strict=True):
        told = _told(criterion, line)
        shown = hidden(salt(), told) if scored.is_sealed else told
        yield {"line": "points", "letter": letter, "criterion": line.criterion, **shown}
    total = _total(scored, card, separated)
    yield {"line": "sum", "letter": letter, **(hidden(salt(), total) if scored.is_sealed else total)}


def _told(criterion: Criterion, line: Line) -> dict[str, Any]:
    """A line of the scorecard; what is as usual is left out."""
    step = shown_step(criterion, line)
    told: dict[str, Any] = {"points": str(line.points)}
    if step is not None:
        told["step"] = step
    if line.clause is not None:
        told["clause"] = line.clause
    if line.missing:
        told["missing"] = True
    if not line.applies:
        told["applies"] = False
    return told


@dataclass(frozen=True, slots=True)
class _Separated:
    """What had to be looked at beyond points: ranks by a stated fact among equals, and codes of who drew lots."""

    by_fact: Mapping[str, Mapping[str, int]]
    drew: frozenset[str]


def _separated(scored: _Scored) -> _Separated:
    """Follows the chain of comparisons, and notes what is told only of those who were still equal."""
    ranked = set(scored.result.ranking)
    blocks: list[Block] = [[card for card in scored.result.cards if card.applicant.identifier in ranked]]
    by_fact: dict[str, dict[str, int]] = {}
    drew: set[str] = set()
    for comparison in comparisons(scored.catalogue):
        split: list[Block] = []
        for block in blocks:
            classes = comparison.split(block) if len(block) > 1 else [block]
            for rank, members in enumerate(classes if len(block) > 1 else ()):
                for card in members:
                    if comparison.name.startswith("fact:"):
                        by_fact.setdefault(card.applicant.identifier, {})[comparison.name] = rank + 1
                    elif comparison.name == "lot":
                        drew.add(card.applicant.identifier)
            split += classes
        blocks = split
    return _Separated(by_fact, frozenset(drew))


def _total(scored: _Scored, card: Scorecard, separated: _Separated) -> dict[str, Any]:
    code = card.applicant.identifier
    lottery = scored.catalogue.lottery
    found = total_told(scored.result, card)
    waves = [place for place, wave in enumerate(scored.catalogue.waves) if wave.holds(card.applicant.facts)]
    if scored.catalogue.waves:
        found["wave"] = waves[0] if waves else len(scored.catalogue.waves)
    if code in separated.by_fact:
        found["among_equals"] = dict(separated.by_fact[code])
    if code in separated.drew and lottery is not None and lottery.seed is not None:
        found["lottery_id"] = code
    return found


def _offers(scored: _Scored) -> Iterator[dict[str, Any]]:
    """The ranks of all offers in the field, also of those who withdrew: so one sees that none is left out."""
    if scored.is_sealed or not scored.result.applies:
        return
    staying = [one for one in scored.applicants if scored.catalogue.field == "frozen" or not one.withdrawn]
    for criterion in scored.catalogue.criteria:
        if isinstance(criterion.rule, RankOfBid):
            offers = [one.facts.get(criterion.reads) for one in staying]
            figures = sorted((one for one in offers if one is not None), reverse=not criterion.rule.lowest_first)
            yield {
                "line": "offers",
                "criterion": criterion.identifier,
                "ranks": [figures.index(one) + 1 for one in figures],
            }


def order_told(result: Result, letters: Mapping[str, str]) -> tuple[list[str], dict[str, Any]]:
    """The ranking by letters, and how it came about; those whom nothing separates stand by their letters."""
    ranking = [letters[code] for code in result.ranking]
    undecided = [_by_letter(block, letters) for block in result.undecided]
    for block in undecided:
        first = min(ranking.index(letter) for letter in block)
        ranking[first : first + len(block)] = block
    return ranking, {
        "separated_by": list(result.separated_by),
        "tied_on_total": _by_letter(result.tied_on_total, letters),
        "undecided": undecided,
        "single_applicant": result.single_applicant,
    }


def total_told(result: Result, card: Scorecard) -> dict[str, Any]:
    """What a scorecard adds up to."""
    return {
        "groups": {one.group: {"sum": str(one.sum), "counted": str(one.counted)} for one in card.groups},
        "total": str(card.total),
        "excluded_because": list(card.excluded_because),
        "below_threshold": card.applicant.identifier in result.below_threshold,
    }


def _by_letter(codes: Sequence[str], letters: Mapping[str, str]) -> list[str]:
    return sorted((letters[code] for code in codes), key=place_of_letter)


def _order(scored: _Scored, salt: Salt) -> dict[str, Any]:
    ranking, reached = order_told(scored.result, scored.letters)
    shown = hidden(salt(), reached) if scored.is_sealed else reached
    return {"line": "order", "applies": scored.result.applies, "ranking": ranking, **shown}


def _decision(material: Material) -> dict[str, Any]:
    """By letter instead of by code."""
    told = {key: value for key, value in plain(material.decision).items() if key != "code"}
    code = material.decision.get("code")
    return {**told, "letter": None if code is None else material.letters[code]}
