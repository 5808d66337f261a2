"""Whether questions and catalogue of a principle set belong together: nothing unasked, nothing asked in vain. Pure."""

from collections.abc import Sequence

from succession.allocation.catalogue import Catalogue, Criterion
from succession.allocation.rules import Rule
from succession.allocation.rules_statements import AreaWeighted, Awarded, Category, PanelMean
from succession.allocation.rules_tenure import GradeFactor
from succession.principles.fields import criteria_reading, fields_read
from succession.principles.questions import Question, Source
from succession.records.documents import DocumentError


def check(catalogue: Catalogue, questions: Sequence[Question], *, for_church: bool, takes_bids: bool) -> None:
    """A DocumentError at the first place where they do not."""
    read = fields_read(catalogue)
    asked = {question.identifier for question in questions}
    for field in read:
        if field not in asked:
            raise DocumentError("$.questions", f"the catalogue reads {field}, but nobody is asked for it")
    for place, question in enumerate(questions):
        here = f"$.questions[{place}]"
        if question.identifier not in read:
            raise DocumentError(f"{here}.id", f"nothing in the catalogue reads {question.identifier}")
        wants = read[question.identifier] - {question.answer}
        if wants:
            raise DocumentError(f"{here}.answer", f"the catalogue wants {', '.join(sorted(wants))}")
        if question.special_category and not for_church:
            raise DocumentError(f"{here}.special_category", "only a church may ask about religion")
        if question.source is Source.BID and not takes_bids:
            raise DocumentError(f"{here}.from", "where the price is fixed, nobody bids")
        for criterion in criteria_reading(catalogue, question.identifier):
            _check_rule(criterion, question, here)


def _check_rule(criterion: Criterion, question: Question, path: str) -> None:
    """What a rule knows by name must be what can be ticked, and what a body awards is not declared."""
    if question.identifier != criterion.reads:
        return
    known = _names(criterion.rule)
    if known is not None and known != {choice.identifier for choice in question.choices}:
        raise DocumentError(f"{path}.choices", f"must be exactly those of criterion {criterion.identifier}")
    by_body = isinstance(criterion.rule, Awarded | PanelMean)
    if by_body != (question.source is Source.AWARDED):
        raise DocumentError(f"{path}.from", f"does not fit criterion {criterion.identifier}: a body awards its points")


def _names(rule: Rule) -> set[str] | None:
    if isinstance(rule, GradeFactor):
        return set(rule.shares)
    return set(rule.points) if isinstance(rule, Category | AreaWeighted) else None
