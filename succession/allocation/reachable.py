"""What a catalogue can reach at most, and whether its weights and thresholds make sense. Pure."""

from collections.abc import Sequence
from fractions import Fraction

from succession.allocation.catalogue import Catalogue, Criterion
from succession.allocation.rules import ZERO
from succession.records.documents import DocumentError


def greatest(catalogue: Catalogue, *, only: Sequence[str] | None = None) -> Fraction:
    """The most points that these criteria (all without `only`) can bring, with group caps only for the whole."""
    if only is not None:
        return sum((_best(one) for one in catalogue.criteria if one.identifier in only), ZERO)
    dropped = {name for stage in catalogue.stages if not stage.carried for name in stage.criteria}
    sums: dict[str | None, Fraction] = {}
    for criterion in catalogue.criteria:
        if criterion.identifier not in dropped:
            sums[criterion.group] = sums.get(criterion.group, ZERO) + _best(criterion)
    return sum((min(value, catalogue.group_caps.get(group or "", value)) for group, value in sums.items()), ZERO)


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
        if criterion.at_least is not None and criterion.at_least > _best(criterion):
            raise DocumentError(f"{path}.criteria[{place}].at_least", f"nobody can reach more than {_best(criterion)}")
    for place, stage in enumerate(catalogue.stages):
        most = greatest(catalogue, only=stage.criteria)
        if stage.threshold > most:
            raise DocumentError(f"{path}.stages[{place}].threshold", f"nobody can reach more than {most}")
    most = greatest(catalogue)
    if catalogue.threshold is not None and catalogue.threshold > most:
        raise DocumentError(f"{path}.threshold", f"nobody can reach more than {most}")


def _best(criterion: Criterion) -> Fraction:
    return criterion.rule.greatest if criterion.weight is None else criterion.weight
