"""What a catalogue can reach at most, and whether its weights and thresholds make sense. Pure."""

from collections.abc import Sequence
from fractions import Fraction

from succession.allocation.catalogue import Catalogue, Criterion
from succession.allocation.rules import ZERO
from succession.allocation.rules_tenure import GradeFactor
from succession.records.documents import DocumentError


def greatest(catalogue: Catalogue, *, only: Sequence[str] | None = None) -> Fraction:
    """The most points that these criteria (all without `only`) can bring, with group caps only for the whole."""
    if only is not None:
        return sum((best(catalogue, one) for one in catalogue.criteria if one.identifier in only), ZERO)
    dropped = {name for stage in catalogue.stages if not stage.carried for name in stage.criteria}
    sums: dict[str | None, Fraction] = {}
    for criterion in catalogue.criteria:
        if criterion.identifier not in dropped:
            sums[criterion.group] = sums.get(criterion.group, ZERO) + best(catalogue, criterion)
    counted = {group: min(value, catalogue.group_caps.get(group or "", value)) for group, value in sums.items()}
    for group, share in catalogue.group_share_caps.items():
        rest = sum((value for name, value in counted.items() if name != group), ZERO)
        counted[group] = min(counted.get(group, ZERO), rest * share / (1 - share))
    return sum(counted.values(), ZERO)


def check_weights(criteria: Sequence[Criterion], whole: Fraction, path: str) -> None:
    """Either no criterion has a weight, or all have one and they add up to the whole."""
    if not any(criterion.weight is not None for criterion in criteria):
        return
    for place, criterion in enumerate(criteria):
        if criterion.weight is None:
            raise DocumentError(f"{path}[{place}].weight", "one criterion has a weight, so all need one")
        if not criterion.rule.greatest:
            raise DocumentError(f"{path}[{place}]", "has a weight, but no points can be reached")
    added = sum((criterion.weight or ZERO for criterion in criteria), ZERO)
    if added != whole:
        raise DocumentError(path, f"the weights add up to {added}, not to {whole}")


def check_reachable(catalogue: Catalogue, path: str) -> None:
    """A threshold that nobody can reach is a mistake."""
    for place, criterion in enumerate(catalogue.criteria):
        if criterion.at_least is not None and criterion.at_least > best(catalogue, criterion):
            raise DocumentError(
                f"{path}.criteria[{place}].at_least", f"nobody can reach more than {best(catalogue, criterion)}"
            )
    for place, stage in enumerate(catalogue.stages):
        most = greatest(catalogue, only=stage.criteria)
        if stage.threshold is not None and stage.threshold > most:
            raise DocumentError(f"{path}.stages[{place}].threshold", f"nobody can reach more than {most}")
    most = greatest(catalogue)
    if catalogue.threshold is not None and catalogue.threshold > most:
        raise DocumentError(f"{path}.threshold", f"nobody can reach more than {most}")


def best(catalogue: Catalogue, criterion: Criterion) -> Fraction:
    """The most that one criterion can bring; a grade the greatest share of what it multiplies."""
    if isinstance(criterion.rule, GradeFactor):
        return criterion.rule.greatest * greatest(catalogue, only=criterion.rule.of)
    return criterion.rule.greatest if criterion.weight is None else criterion.weight


def check_grades(criteria: Sequence[Criterion], path: str) -> None:
    """A grade multiplies points that are there already: of earlier criteria that are no grades themselves."""
    earlier: set[str] = set()
    for place, criterion in enumerate(criteria):
        if isinstance(criterion.rule, GradeFactor):
            for position, one in enumerate(criterion.rule.of):
                if one not in earlier:
                    raise DocumentError(f"{path}[{place}].of[{position}]", f"no earlier criterion {one} earns points")
        else:
            earlier.add(criterion.identifier)
