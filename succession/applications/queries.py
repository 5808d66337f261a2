"""Reading doors of applications for those whose they are, and for who types one from paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.applications import distances, policy
from succession.applications.content import Applicant, SentLot
from succession.applications.draft import Draft, LotOffered, Terms
from succession.applications.exact import ApplicationPlace
from succession.applications.models import (
    Application,
    ApplicationEvidence,
    ApplicationLot,
    ApplicationMember,
    ApplicationSpecial,
    ApplicationSubmission,
)
from succession.applications.steps import Step, steps
from succession.calls import queries as calls
from succession.calls.models import Call
from succession.errors import NotFound
from succession.files.models import StoredFile
from succession.principles.document import PrincipleDocument


@dataclass(frozen=True, slots=True)
class Details:
    """An application with all that its keeper has said."""

    application: Application
    call: Call
    owner_name: str
    terms: Terms
    rows: tuple[ApplicationLot, ...]
    lot_ids: dict[int, int]
    members: tuple[str, ...]
    special: ApplicationSpecial | None
    place: ApplicationPlace | None
    evidence: dict[str, tuple[StoredFile, ...]]
    distances_m: dict[int, int]

    @property
    def document(self) -> PrincipleDocument:
        """The frozen principles."""
        return self.terms.document

    @property
    def chosen(self) -> tuple[int, ...]:
        """The numbers of the lots that are wanted."""
        numbers = {row_id: number for number, row_id in self.lot_ids.items()}
        return tuple(sorted(numbers[row.lot_id] for row in self.rows))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The pages of the wizard for this applicant."""
        return steps(self.document, self.chosen, takes_bids=self.terms.asks_for_bids)

    @property
    def has_unsent_changes(self) -> bool:
        """Whether the working copy is newer than what was sent."""
        row = self.application
        return row.sent_revision is not None and row.sent_revision != row.revision

    @property
    def draft(self) -> Draft:
        """As the rules look at it."""
        row = self.application
        numbers = {row_id: number for number, row_id in self.lot_ids.items()}
        return Draft(
            applicant=Applicant(row.name, row.address, row.email, row.phone, self.members, row.ties),
            lots=tuple(
                SentLot(
                    numbers[one.lot_id], one.rank, one.bid_cents_year, one.answers, self.distances_m.get(one.lot_id)
                )
                for one in self.rows
            ),
            answers=row.answers,
            special={} if self.special is None else self.special.answers,
            has_farmstead=self.place is not None,
            is_connected=row.is_connected,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One's own application in a list."""

    application: Application
    call: Call


def kept(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> Application:
    """An application of the actor's own, or one that they are typing from paper; others do not exist for them."""
    statement = select(Application).where(Application.public_id == public_id, policy.kept_applications(actor))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def own(session: Session, actor: Actor) -> list[Line]:
    """The actor's own applications, the newest deadline first."""
    statement = (
        select(Application, Call)
        .join(Call, Call.id == Application.call_id)
        .where(policy.own_applications(actor))
        .order_by(Call.closes_at.desc(), Application.id.desc())
    )
    return [Line(application, call) for application, call in session.execute(statement)]


def own_for(session: Session, actor: Actor, call: Call) -> Application | None:
    """The actor's own application to a call."""
    statement = select(Application).where(Application.call_id == call.id, policy.own_applications(actor))
    return session.scalar(statement)


def terms_of(session: Session, call: Call, language: str = "de") -> Terms:
    """What the call asks for, as it was frozen."""
    lots = tuple(
        LotOffered(lot.number, lot.name, lot.price_cents_year, lot.facts) for lot in calls.lots_of(session, call)
    )
    return Terms(calls.principles_of(call), lots, call.price_kind, call.procedure, language)


def details(session: Session, actor: Actor, application: Application) -> Details:
    """Everything of an application that the caller may see; measured anew each time."""
    call = session.get_one(Call, application.call_id)
    rows = session.scalars(
        select(ApplicationLot).where(ApplicationLot.application_id == application.id).order_by(ApplicationLot.lot_id)
    ).all()
    place = session.get(ApplicationPlace, (application.id, False))
    return Details(
        application=application,
        call=call,
        owner_name=calls.owner_of(session, call).name,
        terms=terms_of(session, call, actor.language),
        rows=tuple(rows),
        lot_ids={lot.number: lot.id for lot in calls.lots_of(session, call)},
        members=_members(session, application),
        special=session.get(ApplicationSpecial, (application.id, False)),
        place=place,
        evidence=_evidence(session, application),
        distances_m={} if place is None else distances.of_place(session, call, place),
    )


def submissions(session: Session, application: Application) -> Sequence[ApplicationSubmission]:
    """What was sent of it, the last first."""
    statement = select(ApplicationSubmission).where(ApplicationSubmission.application_id == application.id)
    return session.scalars(statement.order_by(ApplicationSubmission.number.desc())).all()


def own_documents(session: Session, actor: Actor) -> Sequence[StoredFile]:
    """The documents that the applicant keeps here already: they need not be handed in again."""
    mine = StoredFile.owner_account_id == actor.own_account_id
    statement = select(StoredFile).where(mine, StoredFile.pages.is_not(None)).order_by(StoredFile.id.desc())
    return session.scalars(statement).all()


def _members(session: Session, application: Application) -> tuple[str, ...]:
    statement = select(ApplicationMember.name).where(ApplicationMember.application_id == application.id)
    return tuple(session.scalars(statement.order_by(ApplicationMember.number)))


def _evidence(session: Session, application: Application) -> dict[str, tuple[StoredFile, ...]]:
    statement = (
        select(ApplicationEvidence.question, StoredFile)
        .join(StoredFile, StoredFile.id == ApplicationEvidence.file_id)
        .where(ApplicationEvidence.application_id == application.id)
        .order_by(ApplicationEvidence.question, StoredFile.id)
    )
    found: dict[str, tuple[Any, ...]] = {}
    for question, file in session.execute(statement):
        found[question] = (*found.get(question, ()), file)
    return found
