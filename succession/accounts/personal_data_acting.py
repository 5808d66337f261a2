"""What acting for somebody leaves on both people: who may, what was looked at, what was confirmed, files that rest."""

from datetime import timedelta

from succession.accounts.models_representation import (
    AccountFreeze,
    Confirmation,
    LetterCode,
    Representation,
    RepresentationAccess,
)
from succession.i18n import Text
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, Retention, names, table_of, under

KEPT = timedelta(days=3 * 366)

ACTING = DataClass(
    key="acting",
    title=Text("Who acts for you, and for whom you act"),
    purpose=Text("So that somebody can keep your file for you, and you can see what they did."),
    ground=LegalGround.CONTRACT,
    keeping=Text("Three years after it has ended, so that it can still be shown who agreed to what."),
    recipients=Text("the person who acts, and the person for whom they act"),
)
CONFIRMING = DataClass(
    key="confirming",
    title=Text("What you have confirmed"),
    purpose=Text("So that nothing is published or told in your name before you have said yes."),
    ground=LegalGround.CONTRACT,
    keeping=Text("Three years, so that it can still be shown who agreed to what."),
    recipients=Text("the person who acts for you"),
)
RESTING = DataClass(
    key="resting",
    title=Text("When your file rests"),
    purpose=Text("So that nothing of yours is shown while you cannot look after it."),
    ground=LegalGround.LEGITIMATE_INTEREST,
    keeping=Text("Three years after it was opened again."),
    recipients=Text("your advisor and the coordinators"),
)

REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(RepresentationAccess),
        plain=("id",),
        personal=("representation_id", "day", "room", "thing_public_id", "first_at", "last_at", "times"),
        data_class=ACTING,
        concerns=(
            Concern(
                under(RepresentationAccess.representation_id, Representation.id, Representation.principal_account_id),
                OnErasure.DELETE,
            ),
        ),
        retention=(Retention("last_at", KEPT),),
    ),
    Marked(
        table=table_of(LetterCode),
        plain=("id", "purpose", "tries"),
        personal=("account_id", "subject_public_id", "printed_by_account_id", "printed_at", "expires_at", "used_at"),
        secret=("code_hash",),
        data_class=CONFIRMING,
        concerns=(
            Concern(names(LetterCode.account_id), OnErasure.DELETE, hides=("printed_by_account_id",)),
            Concern(
                names(LetterCode.printed_by_account_id),
                OnErasure.CLEAR,
                clears={"printed_by_account_id": None},
                is_exported=False,
            ),
        ),
        retention=(Retention("printed_at", KEPT),),
    ),
    Marked(
        table=table_of(Confirmation),
        plain=("id", "fingerprint"),
        personal=(
            "public_id",
            "account_id",
            "asked_by_account_id",
            "act",
            "kind",
            "thing_public_id",
            "shown",
            "asked_at",
            "agreed_by",
            "note",
            "confirmed_at",
            "confirmed_by_account_id",
            "dropped_at",
        ),
        data_class=CONFIRMING,
        concerns=(
            Concern(
                names(Confirmation.account_id),
                OnErasure.DELETE,
                hides=("asked_by_account_id", "confirmed_by_account_id"),
            ),
            Concern(
                names(Confirmation.asked_by_account_id),
                OnErasure.CLEAR,
                clears={"asked_by_account_id": None},
                is_exported=False,
            ),
            Concern(
                names(Confirmation.confirmed_by_account_id),
                OnErasure.CLEAR,
                clears={"confirmed_by_account_id": None},
                is_exported=False,
            ),
        ),
        retention=(Retention("asked_at", KEPT),),
    ),
    Marked(
        table=table_of(AccountFreeze),
        plain=("id", "public_id"),
        personal=(
            "account_id",
            "reason",
            "note",
            "frozen_at",
            "frozen_by_account_id",
            "lifted_at",
            "lifted_by_account_id",
        ),
        data_class=RESTING,
        concerns=(
            Concern(
                names(AccountFreeze.account_id),
                OnErasure.DELETE,
                hides=("note", "frozen_by_account_id", "lifted_by_account_id"),
            ),
            Concern(
                names(AccountFreeze.frozen_by_account_id),
                OnErasure.CLEAR,
                clears={"frozen_by_account_id": None},
                is_exported=False,
            ),
            Concern(
                names(AccountFreeze.lifted_by_account_id),
                OnErasure.CLEAR,
                clears={"lifted_by_account_id": None},
                is_exported=False,
            ),
        ),
        retention=(Retention("lifted_at", KEPT),),
    ),
    Marked(
        table=table_of(Representation),
        plain=("id", "public_id"),
        personal=(
            "principal_account_id",
            "agent_account_id",
            "created_by_account_id",
            "invited_address",
            "agent_name",
            "kind",
            "scopes",
            "starts_on",
            "ends_on",
            "agreed_by",
            "note",
            "document_public_id",
            "created_at",
            "accepted_at",
            "confirmed_at",
            "ended_at",
        ),
        secret=("token_hash",),
        data_class=ACTING,
        concerns=(
            Concern(
                names(Representation.principal_account_id),
                OnErasure.DELETE,
                hides=("invited_address", "agent_account_id", "created_by_account_id"),
            ),
            Concern(
                names(Representation.agent_account_id),
                OnErasure.CLEAR,
                clears={"agent_account_id": None, "agent_name": "", "invited_address": None, "token_hash": None},
                hides=("principal_account_id", "note", "created_by_account_id"),
            ),
            Concern(
                names(Representation.created_by_account_id),
                OnErasure.CLEAR,
                clears={"created_by_account_id": None},
                is_exported=False,
            ),
        ),
        retention=(Retention("ended_at", KEPT), Retention("ends_on", KEPT)),
    ),
)
