"""A principle set in plain language, as a council prints it in its gazette: sections of sentences and tables. Pure.

Rendered by a template, on a page and in a PDF. The words of the set stand in the reader's language, the sentences of
the product are `Text`s.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from succession.allocation.catalogue import Catalogue, Criterion, Field, Mode, Prefer, SingleApplicant
from succession.allocation.explanation import rule_sentences
from succession.allocation.reachable import greatest
from succession.allocation.wording import Wording, Wordings, figure, listed, named
from succession.i18n import AnyText, Text, Texts, Value
from succession.principles.document import Draw, EvidenceFrom, Incomplete, PriceKind, PrincipleDocument
from succession.principles.gazette_conditions import condition_sentence
from succession.principles.gazette_procedures import after_points, beside_points
from succession.principles.texts import in_language
from succession.principles.wordings import wordings

HUNDRED = 100

Sentence = str | AnyText
"""Words of the set, or a sentence of the product."""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: its name, how it brings points, the most of it, why it is there, and what proves it."""

    name: str
    sentences: tuple[Text, ...]
    most: Text | None
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences, a list, criteria, and named remarks below it."""

    heading: Text
    sentences: tuple[Sentence, ...] = ()
    items: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    """Named remarks: a criterion without points and what is known of it, or a promise and what follows from it."""


def gazette(document: PrincipleDocument, language: str) -> tuple[Section, ...]:
    """The whole set; what it does not use has no section."""
    words = wordings(document, language)
    sections = (
        _scope(document, words),
        _price(document, language),
        _exclusions(document, language),
        _criteria(document, words, language),
        _order(document, words),
        _evidence(document),
        _promises(document, language),
        _procedure(document, language),
        _gaps(document, language),
    )
    return tuple(section for section in sections if section is not None)


def _scope(document: PrincipleDocument, words: Wordings) -> Section | None:
    if not document.catalogue.applies_if:
        return None
    said = [condition_sentence(condition, words) for condition in document.catalogue.applies_if]
    return Section(Text("Where these principles hold"), tuple(said))


def _price(document: PrincipleDocument, language: str) -> Section:
    kinds = {
        PriceKind.FIXED: Text("The price is fixed before the call."),
        PriceKind.FLOOR: Text("There is a lowest price. Whoever offers less is out."),
        PriceKind.BID: Text("Applicants make an offer."),
    }
    return Section(Text("Price"), (kinds[document.price], in_language(document.price_note, language)))


def _exclusions(document: PrincipleDocument, language: str) -> Section | None:
    labels = tuple(in_language(words, language) for words in document.exclusion_words.values())
    if not labels:
        return None
    said = Text("Whoever fulfils one of these is out, whatever the points.")
    return Section(Text("Who cannot take part"), (said,), items=labels)


def _criteria(document: PrincipleDocument, words: Wordings, language: str) -> Section:
    catalogue = document.catalogue
    lines = tuple(_line(document, criterion, words, language) for criterion in catalogue.criteria)
    return Section(Text("How points are earned"), tuple(_about_points(catalogue, words)), lines=lines)


def _about_points(catalogue: Catalogue, words: Wordings) -> Iterator[Text]:
    if catalogue.mode is Mode.LEXICOGRAPHIC:
        yield Text("There is no sum. The first criterion decides, the next one only among those who are equal.")
    elif greatest(catalogue):
        yield Text("All points are added up. The most is %(most)s.", {"most": figure(greatest(catalogue))})
    for group, cap in catalogue.group_caps.items():
        members = [named(words, one.identifier) for one in catalogue.criteria if one.group == group]
        values = {"members": listed(members), "cap": figure(cap)}
        yield Text("Together at most %(cap)s points: %(members)s.", values)
    for group, share in catalogue.group_share_caps.items():
        members = [named(words, one.identifier) for one in catalogue.criteria if one.group == group]
        values = {"members": listed(members), "percent": figure(share * HUNDRED)}
        yield Text("Together at most %(percent)s percent of all points that a farm has: %(members)s.", values)
    yield from _stages(catalogue, words)
    yield from beside_points(catalogue, words)
    if catalogue.threshold is not None:
        yield Text("At least %(threshold)s points are needed in all.", {"threshold": figure(catalogue.threshold)})
    if catalogue.single_applicant is SingleApplicant.WITHOUT_THRESHOLD:
        yield Text("If only one farm can be considered, no least number of points is asked of it.")


def _stages(catalogue: Catalogue, words: Wordings) -> Iterator[Text]:
    for stage in catalogue.stages:
        members = listed([named(words, one) for one in stage.criteria])
        if stage.threshold is not None:
            values = {"members": members, "threshold": figure(stage.threshold)}
            yield Text(
                "At least %(threshold)s points are needed here before anything else counts: %(members)s.", values
            )
        if stage.best is not None:
            best: dict[str, Value] = {"count": stage.best, "members": members}
            yield Text("Only the best %(count)s of this stage go on: %(members)s.", best)
        if not stage.carried:
            yield Text("These points only select and are not added up: %(members)s.", {"members": members})


def _line(document: PrincipleDocument, criterion: Criterion, words: Wordings, language: str) -> Line:
    wording = words.get(criterion.identifier, Wording(criterion.identifier))
    question = document.question(criterion.reads)
    most = criterion.rule.greatest if criterion.weight is None else criterion.weight
    lexicographic = document.catalogue.mode is Mode.LEXICOGRAPHIC
    said = [*rule_sentences(criterion, wording), *_only_if(criterion, words), *_equal(document, criterion, words)]
    return Line(
        name=wording.label,
        sentences=tuple(said),
        most=None if lexicographic or not most else Text("at most %(most)s", {"most": figure(most)}),
        reason=in_language(document.words[criterion.identifier].reason, language),
        evidence=tuple(in_language(one, language) for one in question.evidence) if question else (),
    )


def _only_if(criterion: Criterion, words: Wordings) -> Iterator[Text]:
    for condition in criterion.only_if:
        yield Text(
            "It counts only where this holds: %(condition)s", {"condition": condition_sentence(condition, words)}
        )


def _equal(document: PrincipleDocument, criterion: Criterion, words: Wordings) -> Iterator[Text]:
    for clause in criterion.equivalences:
        name = words[criterion.identifier].choices.get(clause.clause)
        question = document.question(clause.when.field)
        if name is None and question is not None:
            name = named(words, question.identifier)
        if isinstance(clause.counts_as, str):
            as_what = words[criterion.identifier].choices.get(clause.counts_as, clause.counts_as)
            yield Text("Counts like “%(choice)s”: %(clause)s.", {"choice": as_what, "clause": name or clause.clause})
        else:
            yield Text("Counts the same: %(clause)s.", {"clause": name or clause.clause})


def _order(document: PrincipleDocument, words: Wordings) -> Section:
    catalogue = document.catalogue
    said: list[Sentence] = []
    for place, condition in enumerate(catalogue.waves, start=1):
        group: dict[str, Value] = {"place": place, "condition": condition_sentence(condition, words)}
        said.append(Text("Group %(place)s comes before all later ones: %(condition)s", group))
    if catalogue.rounding is not None:
        said.append(Text("Totals are rounded before they are compared."))
    said += [_tie_break(rule.criterion, rule.fact, rule.prefer, words) for rule in catalogue.tie_breaks]
    said += after_points(catalogue, words)
    draws = {
        Draw.COMMITTED: Text(
            "If farms are still equal, a draw decides that nobody can steer: it is promised beforehand."
        ),
        Draw.BY_HAND: Text("If farms are still equal, lots are drawn by hand in public, and this is minuted."),
        Draw.NONE: Text("There is no draw."),
    }
    if any(criterion.rule.relative for criterion in catalogue.criteria):
        fields = {
            Field.FROZEN: Text("Whoever withdraws later still counts when offers are compared."),
            Field.RECOMPUTED: Text("If somebody withdraws, offers are compared anew without them."),
        }
        said.append(fields[catalogue.field])
    return Section(Text("At equal points"), (*said, draws[document.draw]))


def _tie_break(criterion: str | None, fact: str | None, prefer: Prefer, words: Wordings) -> Text:
    if criterion is not None:
        return Text("Then whoever has more points here: %(name)s.", {"name": named(words, criterion)})
    name = {"name": named(words, fact or "")}
    sentences = {
        Prefer.HIGHER: Text("Then the higher figure: %(name)s", name),
        Prefer.LOWER: Text("Then the lower figure: %(name)s", name),
        Prefer.YES: Text("Then whoever says yes: %(name)s", name),
        Prefer.NO: Text("Then whoever says no: %(name)s", name),
    }
    return sentences[prefer]


def _evidence(document: PrincipleDocument) -> Section:
    asked = {
        EvidenceFrom.FIRST_PLACED: Text(
            "At first a statement of your own is enough. Papers are asked from the first-placed."
        ),
        EvidenceFrom.ALL: Text("Everyone hands in the papers with the application."),
    }
    missing = {
        Incomplete.SCORED_AS_STATED: Text("A missing answer brings 0 points. The application still counts."),
        Incomplete.EXCLUDED: Text("An application with a missing mandatory answer is out."),
    }
    return Section(Text("Evidence"), (asked[document.evidence_from], missing[document.incomplete]))


def _promises(document: PrincipleDocument, language: str) -> Section | None:
    if not document.promises:
        return None
    said = tuple(
        (
            in_language(one.text, language),
            f"{in_language(one.check, language)} {in_language(one.consequence, language)}",
        )
        for one in document.promises
    )
    return Section(Text("What is promised and looked at later"), points=said)


def _procedure(document: PrincipleDocument, language: str) -> Section:
    said: list[Sentence] = []
    if document.body is not None:
        said.append(
            Text("The office prepares. It is decided by: %(body)s.", {"body": in_language(document.body, language)})
        )
    if document.term_years is not None:
        said.append(Texts("The lease runs for %(num)s year.", "The lease runs for %(num)s years.", document.term_years))
    said.append(
        Texts(
            "Everyone is told their points. For %(num)s day anybody may object before a contract is signed.",
            "Everyone is told their points. For %(num)s days anybody may object before a contract is signed.",
            document.standstill_days,
        )
    )
    return Section(Text("Decision"), tuple(said))


def _gaps(document: PrincipleDocument, language: str) -> Section | None:
    if not document.gaps and not document.unscored:
        return None
    unscored = tuple((in_language(one.label, language), in_language(one.note, language)) for one in document.unscored)
    return Section(
        Text("What is missing here"), tuple(in_language(one, language) for one in document.gaps), points=unscored
    )
