"""Principle sets for tests; everything is committed."""

from datetime import UTC, datetime
from uuid import uuid4

from succession.accounts.duties import MembershipRole
from succession.accounts.models import OrganisationKind
from succession.principles import drafts, service, shipped
from succession.principles.service import Beginning
from succession.principles.states import Origin
from tests.factories.accounts import an_organisation
from tests.factories.organisations import a_member, acting

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def a_clerk(session, *, kind=OrganisationKind.MUNICIPALITY, role=MembershipRole.CLERK):
    """An owner and somebody who works for it."""
    owner = an_organisation(session, kind)
    return owner, a_member(session, owner, role)


def a_draft(session, owner, account, *, key="greifswald-2019-motion", title="Principles of our town", now=NOW):
    """A draft of the owner's, begun from a shipped set; `key=None` begins empty."""
    draft = drafts.empty(title) if key is None else drafts.begun_from(shipped.document(key), title)
    origin = Origin.EMPTY if key is None else Origin.SHIPPED
    beginning = Beginning(owner.public_id, title, uuid4(), origin, draft, key)
    found = service.start(session, acting(session, account, now), beginning, now=now)
    session.commit()
    return found


def a_frozen_set(session, owner, account, *, key="greifswald-2019-motion", now=NOW):
    """A set that a call has been opened with."""
    found = a_draft(session, owner, account, key=key, now=now)
    service.freeze(session, acting(session, account, now), found, now)
    session.commit()
    return found
