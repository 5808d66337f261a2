"""Reading doors of land for the record of acts: which imports and premises are the actor's."""

from uuid import UUID

from sqlalchemy import Select, select

from succession.accounts.actor import Actor
from succession.land.models import LandImport, Site
from succession.land.policy import visible_imports, visible_sites


def import_ids(actor: Actor) -> Select[UUID]:
    """The public ids of the actor's imports, as a selection for a larger statement."""
    return select(LandImport.public_id).where(visible_imports(actor))


def site_ids(actor: Actor) -> Select[UUID]:
    """The public ids of the actor's premises."""
    return select(Site.public_id).where(visible_sites(actor))
