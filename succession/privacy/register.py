"""The one register of personal data: every table of every room, in the order in which an erasure goes through them.

Export, erasure, retention, the register of processing and the privacy page all follow from it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy.orm import Session

from succession.accounts import personal_data as accounts
from succession.applications import personal_data as applications
from succession.audit import personal_data as audit
from succession.awards import personal_data as awards
from succession.awards import personal_data_records as award_records
from succession.calls import personal_data as calls
from succession.config import Settings
from succession.exclusions import personal_data as exclusions
from succession.files import personal_data as files
from succession.jobs import personal_data as jobs
from succession.land import personal_data as land
from succession.legal import personal_data as legal
from succession.listings import personal_data as listings
from succession.marks import DataClass, Marked, OwnFile, Person
from succession.matching import personal_data as matching
from succession.monitoring import personal_data as monitoring
from succession.outbox import personal_data as outbox
from succession.places import personal_data as places
from succession.principles import personal_data as principles
from succession.privacy import personal_data as privacy
from succession.profiles import personal_data as profiles
from succession.rounds import personal_data as rounds
from succession.simulation import personal_data as simulation

# What points at something goes before it, and the account goes last. Read backwards it is the order in which people are
# told of it: the account first, then what they have entered, then what came of it.
REGISTER: tuple[Marked, ...] = (
    *privacy.REGISTER,
    *audit.REGISTER,
    *jobs.REGISTER,
    *outbox.REGISTER,
    *legal.REGISTER,
    *monitoring.REGISTER,
    *award_records.REGISTER,
    *awards.REGISTER,
    *simulation.REGISTER,
    *rounds.REGISTER,
    *applications.REGISTER,
    *principles.REGISTER,
    *calls.REGISTER,
    *matching.REGISTER,
    *listings.REGISTER,
    *profiles.REGISTER,
    *land.REGISTER,
    *files.REGISTER,
    *exclusions.REGISTER,
    *places.REGISTER,
    *accounts.REGISTER,
)

OWN_FILES: tuple[Callable[[Session, Person, Settings], list[OwnFile]], ...] = (
    privacy.own_files,
    land.own_files,
    files.own_files,
)
"""Where rooms say which files on the disk belong to a person."""

QUEUE = "the queue's own; arguments are public ids, and jobs that are done are forgotten after three days"
FOREIGN: Mapping[str, str] = MappingProxyType(
    {
        "alembic_version": "the number of the newest revision",
        "spatial_ref_sys": "the coordinate systems that PostGIS knows",
        "procrastinate_jobs": QUEUE,
        "procrastinate_events": QUEUE,
        "procrastinate_periodic_defers": "when the clock last asked for which job",
        "procrastinate_workers": "which workers are alive",
    }
)
"""Tables of other libraries, each with the reason why nothing in it needs a mark."""


def data_classes() -> tuple[DataClass, ...]:
    """Every line of the register of processing once, from the bottom of the house upwards: the account comes first."""
    found = {marked.data_class.key: marked.data_class for marked in reversed(REGISTER) if marked.data_class}
    return tuple(found.values())


def own_files(session: Session, person: Person, settings: Settings) -> list[OwnFile]:
    """Every file of the person on the disk."""
    return [file for door in OWN_FILES for file in door(session, person, settings)]
