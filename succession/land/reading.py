"""From an open file to the waiting room: every row checked, understood and staged, batch by batch."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import shapely
from sqlalchemy.orm import Session

from succession.geo.cleaning import REPAIR_CODES
from succession.geo.findings import FileRefused
from succession.geo.formats import fields
from succession.geo.formats.source import Source
from succession.geo.intake import Rules, Taken, take
from succession.i18n import Text
from succession.land import staging
from succession.land.owner import OwnersByName
from succession.land.staging import StagedRow

Progress = Callable[[int, int | None], None]


def stage(
    session: Session,
    source: Source,
    columns: Mapping[str, str],
    rules: Rules,
    progress: Progress | None = None,
    *,
    owners: OwnersByName | None = None,
) -> int:
    """Every row of the source is in the waiting room, with its owner if the file is to name them; returns how many.

    An empty file is refused.
    """
    understood = fields.Reader(columns)
    read = 0
    for batch in take(source, rules):
        staging.copy_rows(session, _staged(batch, understood, owners))
        read += len(batch)
        if progress is not None:
            progress(read, source.declared)
    if read == 0:
        raise FileRefused("no-rows", Text("The file has no rows. Check that you chose the right file and layer."))
    staging.close_door(session)
    return read


def _staged(batch: list[Taken], understood: fields.Reader, owners: OwnersByName | None) -> Iterator[StagedRow]:
    """The rows of one batch as they wait."""
    outlines = np.empty(len(batch), dtype=object)
    outlines[:] = [taken.geometry for taken in batch]
    encoded = shapely.to_wkb(outlines)
    left, bottom, right, top = shapely.bounds(outlines).T
    centres = zip(((left + right) / 2).tolist(), ((bottom + top) / 2).tolist(), strict=True)
    for taken, wkb, centre in zip(batch, encoded, centres, strict=True):
        values, remarks = understood.read(taken.values, taken.area_m2)
        is_area = taken.geometry is not None
        owner, unowned = (None, None) if owners is None else owners.find(taken.values)
        yield StagedRow(
            row=taken.row,
            refused=bool(taken.refusals) or unowned is not None,
            repaired=bool(taken.findings) and any(finding.code in REPAIR_CODES for finding in taken.findings),
            warned=bool(remarks)
            or (bool(taken.findings) and any(finding.code not in REPAIR_CODES for finding in taken.findings)),
            findings=(*taken.refusals, *([unowned] if unowned else []), *taken.findings, *remarks),
            values=values,
            area_m2=taken.area_m2 if is_area else None,
            centre=centre if is_area else (None, None),
            wkb=wkb,
            owner_id=None if owner is None else owner.organisation_id,
        )
