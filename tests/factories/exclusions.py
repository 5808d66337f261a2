"""Lists of those who must not learn of something; everything is committed."""

from datetime import UTC, datetime

from succession.accounts.duties import Duty
from succession.accounts.models import Organisation
from succession.accounts.queries import actor_of
from succession.exclusions import service
from succession.exclusions.kinds import ExclusionKind
from succession.exclusions.owner import ListOwner
from succession.exclusions.service import NewEntry

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
KINDS = {"person": ExclusionKind.PERSON, "firm": ExclusionKind.FIRM, "place": ExclusionKind.PLACE}


def keeps_from(session, account, name="", address="", *, kind="person", place=None, organisation=None) -> None:
    """The account (or one of its organisations) writes this on the list."""
    actor = actor_of(session, account.id)
    owner = ListOwner(account_id=account.id)
    if isinstance(organisation, Organisation):
        assert organisation.id in actor.organisations_with(Duty.OFFER)
        owner = ListOwner(organisation_id=organisation.id)
    entry = NewEntry(KINDS[kind], name, address, None if place is None else place.public_id)
    service.add_entry(session, actor, owner, entry, now=NOW)
    session.commit()
