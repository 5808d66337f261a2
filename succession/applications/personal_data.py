"""What this room holds on a person: applications and what was sent of them; who took in and opened an envelope."""

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from succession.applications.exact import ApplicationPlace
from succession.applications.models import (
    Application,
    ApplicationEvidence,
    ApplicationLot,
    ApplicationMember,
    ApplicationSpecial,
    ApplicationSubmission,
    Envelope,
)
from succession.applications.states import DRAFTS_KEPT, ApplicationState
from succession.calls.models import Call
from succession.i18n import Text
from succession.marks import (
    Concern,
    DataClass,
    Hold,
    LegalGround,
    Marked,
    OnErasure,
    Person,
    Retention,
    names,
    table_of,
)

APPLICATIONS = DataClass(
    key="applications",
    title=Text("Your applications to calls"),
    purpose=Text(
        "To check and score your application, to tell you the result, and to keep the award open to checking."
    ),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text(
        "Drafts: 12 months after you last changed them, and we write to you before. If you get no land: 6 months after "
        "the Wartefrist, then only a line without your name. If you get land: 10 years after the lease has ended."
    ),
    recipients=Text("after the deadline the office that runs the call and the body that decides"),
)
RELIGION = DataClass(
    key="applications_religion",
    title=Text("Your answers on religion in applications to a church owner"),
    purpose=Text("To give the points that the published principles of a church owner have for them."),
    ground=LegalGround.CONSENT,
    keeping=Text("Until you take your consent back; at the latest when the Wartefrist is over."),
    recipients=Text("only those who score the applications for the church owner"),
)
ENVELOPES = DataClass(
    key="envelopes",
    title=Text("Who took in and opened applications on paper"),
    purpose=Text("So that it can be proved that envelopes stayed shut and were opened by two people."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text("As long as the file of the award."),
)
AWARD_FILE = Hold(
    Text("The award must stay open to checking (Art. 17(3)(b) and (e) GDPR)."),
    Text(
        "If the applicant got no land: 6 months after the Wartefrist, then only a line without the name. Otherwise "
        "10 years after the lease has ended."
    ),
)
WHO_OPENED = Hold(
    Text("It must stay provable that two different people opened the envelope (Art. 17(3)(b) GDPR)."),
    Text("As long as the file of the award."),
)


def is_loose() -> ColumnElement[bool]:
    """Applications that no award rests on: drafts, what is still sealed, what was withdrawn before the deadline."""
    closes_at = select(Call.closes_at).where(Call.id == Application.call_id).scalar_subquery()
    return or_(
        Application.state == ApplicationState.DRAFT,
        and_(Application.state == ApplicationState.WITHDRAWN, Application.withdrawn_at < closes_at),
        closes_at > func.clock_timestamp(),
    )


def _loose_of(person: Person) -> ColumnElement[bool]:
    return and_(Application.applicant_account_id == person.account_id, is_loose())


def _kept_of(person: Person) -> ColumnElement[bool]:
    return and_(Application.applicant_account_id == person.account_id, not_(is_loose()))


def _of(person: Person) -> Select[int]:
    return select(Application.id).where(Application.applicant_account_id == person.account_id)


def _kept_under(column: InstrumentedAttribute[int], person: Person) -> ColumnElement[bool]:
    return column.in_(select(Application.id).where(_kept_of(person)))


def _loose_under(column: InstrumentedAttribute[int], person: Person) -> ColumnElement[bool]:
    return column.in_(select(Application.id).where(_loose_of(person)))


WORKED_ON = (Envelope.recorded_by_account_id, Envelope.opened_by_account_id, Envelope.confirmed_by_account_id)
SIGNED = (Application.entered_by_account_id, Application.checked_by_account_id)

REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(ApplicationSpecial),
        plain=("is_sent",),
        personal=("application_id", "answers", "consented_at"),
        secret=("salt",),
        data_class=RELIGION,
        concerns=(Concern(lambda person: ApplicationSpecial.application_id.in_(_of(person)), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(ApplicationPlace),
        plain=("is_sent",),
        personal=("application_id", "kind", "label", "geom"),
        secret=("salt",),
        data_class=APPLICATIONS,
        concerns=(Concern(lambda person: ApplicationPlace.application_id.in_(_of(person)), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(ApplicationEvidence),
        plain=(),
        personal=("application_id", "question", "file_id"),
        data_class=APPLICATIONS,
        concerns=(Concern(lambda person: ApplicationEvidence.application_id.in_(_of(person)), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(ApplicationMember),
        plain=(),
        personal=("application_id", "number", "name"),
        data_class=APPLICATIONS,
        concerns=(
            Concern(lambda person: _loose_under(ApplicationMember.application_id, person), OnErasure.DELETE),
            Concern(
                lambda person: _kept_under(ApplicationMember.application_id, person), OnErasure.KEEP, hold=AWARD_FILE
            ),
        ),
    ),
    Marked(
        table=table_of(ApplicationLot),
        plain=(),
        personal=("application_id", "lot_id", "rank", "bid_cents_year", "answers"),
        data_class=APPLICATIONS,
        concerns=(
            Concern(lambda person: _loose_under(ApplicationLot.application_id, person), OnErasure.DELETE),
            Concern(lambda person: _kept_under(ApplicationLot.application_id, person), OnErasure.KEEP, hold=AWARD_FILE),
        ),
    ),
    Marked(
        table=table_of(ApplicationSubmission),
        plain=("id", "idempotency_key"),
        personal=("application_id", "number", "arrived_at", "written_at", "content", "hash"),
        data_class=APPLICATIONS,
        # What was sent before the deadline goes with its application; the table lets nobody take a line out alone.
        concerns=(
            Concern(
                lambda person: ApplicationSubmission.application_id.in_(_of(person)), OnErasure.KEEP, hold=AWARD_FILE
            ),
        ),
    ),
    Marked(
        table=table_of(Application),
        plain=("id", "call_id", "revision", "sent_revision", "envelope_id"),
        personal=(
            "public_id",
            "applicant_account_id",
            "code",
            "way",
            "state",
            "name",
            "address",
            "email",
            "phone",
            "is_group",
            "ties",
            "max_area_m2",
            "is_connected",
            "answers",
            "is_of_owner",
            "arrived_at",
            "withdrawn_at",
            "receipt_hash",
            "entered_by_account_id",
            "checked_by_account_id",
            "created_at",
            "updated_at",
            "reduce_at",
            "told_at",
            "reduced_at",
        ),
        data_class=APPLICATIONS,
        concerns=(
            Concern(_loose_of, OnErasure.DELETE),
            Concern(_kept_of, OnErasure.CLEAR, clears={"email": None, "phone": None}, is_exported=False),
            Concern(
                _kept_of, OnErasure.KEEP, hold=AWARD_FILE, hides=("entered_by_account_id", "checked_by_account_id")
            ),
            *(
                Concern(names(column), OnErasure.CLEAR, clears={column.key: None}, is_exported=False)
                for column in SIGNED
            ),
        ),
        retention=(
            Retention(
                "updated_at",
                DRAFTS_KEPT,
                warns=True,
                whom=Application.applicant_account_id,
                only=and_(Application.state == ApplicationState.DRAFT, Application.applicant_account_id.is_not(None)),
            ),
        ),
    ),
    Marked(
        table=table_of(Envelope),
        plain=("id", "public_id", "call_id", "idempotency_key", "scan_file_id", "withdrawal_file_id"),
        personal=(
            "number",
            "withdrawn_on",
            "arrived_at",
            "initials",
            "recorded_by_account_id",
            "recorded_at",
            "opened_by_account_id",
            "opened_at",
            "confirmed_by_account_id",
            "confirmed_at",
        ),
        data_class=ENVELOPES,
        concerns=tuple(
            Concern(names(column), OnErasure.KEEP, hold=WHO_OPENED, hides=tuple(c.key for c in WORKED_ON))
            for column in WORKED_ON
        ),
    ),
)
