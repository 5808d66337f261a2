"""What every page of the editor shows beside its form: how the sample farms score under the draft as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from succession.blueprints.principles.public import shown
from succession.extensions import reading
from succession.principles import drafts, queries
from succession.principles.document import PrincipleDocument
from succession.principles.models import PrincipleSet
from succession.principles.problems import Problem
from succession.principles.texts import in_language
from succession.principles.trial import Trial, answering, try_out
from succession.principles.warnings import Caution, warnings
from succession.web.language import current_language


@dataclass(frozen=True, slots=True)
class Tried:
    """The trial and the warnings; or the problem that keeps the draft from being scored."""

    trial: Trial | None
    warnings: tuple[Caution, ...]
    problem: Problem | None


def tried(found: PrincipleSet, draft: Mapping[str, Any] | None = None) -> Tried:
    """The set's draft, or a changed one that is not saved."""
    document = drafts.attempt(found.document if draft is None else drafts.kept(draft))
    if not isinstance(document, PrincipleDocument):
        return Tried(None, (), document)
    farms = queries.farms_of(reading(), found.owner_organisation_id)
    fitting = answering(document, farms, found.farm_answers)
    return Tried(try_out(document, fitting), warnings(document, fitting), None)


def beside(found: PrincipleSet, draft: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What templates need for the farms and the warnings beside a form."""
    result = tried(found, draft)
    criteria = (found.document if draft is None else draft)["catalogue"]["criteria"]
    names = {one["id"]: in_language(one["label"], current_language()) for one in criteria}
    return {"tried": result, "names": names, "shown": shown}
