"""Makes the code of a letter, counts tries and redeems it. Called by doors that have asked."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts.models_representation import LetterCode
from succession.accounts.paper_codes import MOST_TRIES, VALID_FOR, CodePurpose, hash_code, new_code
from succession.errors import Refused
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class FreshCode:
    """A code that exists only here and on the paper."""

    code: str = field(repr=False)
    expires_at: datetime


class WrongCode(Refused):
    """The code does not open this; one sentence for every reason but those that help."""

    def __init__(self) -> None:
        super().__init__(Text("This code does not fit. Please compare it with the newest letter, sign by sign."))


def make(
    session: Session,
    purpose: CodePurpose,
    subject: UUID,
    *,
    account_id: int,
    printed_by: int | None,
    now: datetime,
) -> FreshCode:
    """There is exactly one code for this purpose and subject: the one returned; a former letter is worth nothing."""
    fresh = FreshCode(new_code(), now + VALID_FOR)
    values = {
        "account_id": account_id,
        "code_hash": hash_code(purpose, fresh.code),
        "tries": 0,
        "printed_by_account_id": printed_by,
        "printed_at": now,
        "expires_at": fresh.expires_at,
        "used_at": None,
    }
    statement = insert(LetterCode).values(purpose=purpose, subject_public_id=subject, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["purpose", "subject_public_id"], set_=values))
    return fresh


def count_try(session: Session, purpose: CodePurpose, subject: UUID, *, now: datetime) -> None:
    """The try is counted before the code is looked at; after too many the letter is worth nothing.

    Runs in a transaction of its own, so that a refusal does not take the count along.
    """
    row = _locked(session, purpose, subject)
    if row is None or row.used_at is not None:
        raise WrongCode
    if row.expires_at <= now:
        raise Refused(Text("This code has run out. Please send a new letter."))
    if row.tries >= MOST_TRIES:
        raise Refused(Text("This code was typed wrongly too often. Please send a new letter."))
    row.tries += 1


def redeem(session: Session, purpose: CodePurpose, subject: UUID, typed: str, *, now: datetime) -> None:
    """The code was right and is used up; it opens nothing a second time."""
    row = _locked(session, purpose, subject)
    if row is None or row.used_at is not None or row.expires_at <= now or row.tries > MOST_TRIES:
        raise WrongCode
    if not hmac.compare_digest(row.code_hash, hash_code(purpose, typed)):
        raise WrongCode
    row.used_at = now


def subject_of(session: Session, purpose: CodePurpose, typed: str, *, now: datetime) -> UUID:
    """What the code opens, where only the code is known; it is not used up by asking."""
    found = session.scalar(
        select(LetterCode.subject_public_id).where(
            LetterCode.purpose == purpose,
            LetterCode.code_hash == hash_code(purpose, typed),
            LetterCode.used_at.is_(None),
            LetterCode.expires_at > now,
        )
    )
    if found is None:
        raise WrongCode
    return found


def _locked(session: Session, purpose: CodePurpose, subject: UUID) -> LetterCode | None:
    statement = select(LetterCode).where(LetterCode.purpose == purpose, LetterCode.subject_public_id == subject)
    return session.scalar(statement.with_for_update().execution_options(populate_existing=True))
