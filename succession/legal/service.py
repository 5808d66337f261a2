"""Writing doors of legal texts: each change is a new version with its day."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.legal import filling, policy, queries
from succession.legal.models import LegalDetail, LegalText
from succession.legal.queries import ShownText
from succession.legal.vocabulary import LONGEST_DETAIL, LONGEST_TEXT, Detail, LegalPage, TextLanguage

ONE_WRITER = 7_302_051  # the number of the lock: two new versions at once would have the same number


def save_text(
    session: Session,
    actor: Actor,
    page: LegalPage,
    language: TextLanguage,
    body: str,
    *,
    seen_version: int,
    is_public: bool = False,
    now: datetime,
) -> ShownText:
    """The text is in force as a new version; the same text again changes nothing.

    `seen_version` is the one that the writer had before their eyes: if there is a newer one, it is a `Conflict`. In an
    installation that is public no text with gaps gets in force.
    """
    authorize(policy.may_write_texts, actor, None)
    body = body.replace("\r\n", "\n").strip() + "\n"
    if not body.strip():
        raise Refused(Text("The text is empty. The law asks for it, so it needs some words."))
    if len(body) > LONGEST_TEXT:
        raise Refused(Text("The text may have at most %(most)s characters.", {"most": LONGEST_TEXT}))
    _lock(session)
    current = queries.text_in_force(session, page, language)
    if current.version != seen_version:
        raise Conflict(Text("Somebody else has changed this text in the meantime. Please look at the newest version."))
    saved = _new_version(session, actor, current, body, queries.details(session), now=now)
    _refuse_gaps(saved.gaps if is_public else ())
    return saved


def save_details(
    session: Session, actor: Actor, values: Mapping[Detail, str], *, is_public: bool = False, now: datetime
) -> int:
    """The details are entered; every text in force that changes by it has a new version; how many did."""
    authorize(policy.may_write_texts, actor, None)
    for detail, value in values.items():
        if len(value) > LONGEST_DETAIL:
            raise Refused(
                Text(
                    "“%(label)s” may have at most %(most)s characters.",
                    {"label": detail.words.label, "most": LONGEST_DETAIL},
                )
            )
    _lock(session)
    before = queries.details(session)
    given = {detail: value.strip() for detail, value in values.items()}
    changed = {detail: value for detail, value in given.items() if before.get(detail, "") != value}
    if not changed:
        return 0
    statement = insert(LegalDetail).values([{"detail": detail, "value": value} for detail, value in changed.items()])
    session.execute(
        statement.on_conflict_do_update(index_elements=["detail"], set_={"value": statement.excluded.value})
    )
    audit.record(session, actor, "legal.details_changed", kind="legal_detail", now=now)
    details = {**before, **changed}
    taken_on = [text for text in queries.all_in_force(session) if text.version > 0]
    newest = [_new_version(session, actor, text, text.body, details, now=now) for text in taken_on]
    for text in newest:
        _refuse_gaps(text.gaps if is_public else ())
    return sum(new.version > old.version for new, old in zip(newest, taken_on, strict=True))


def take_on(session: Session, actor: Actor, *, now: datetime) -> int:
    """Every shipped text that nobody has taken on yet is a first version of one's own; how many were."""
    authorize(policy.may_write_texts, actor, None)
    _lock(session)
    details = queries.details(session)
    shipped = [text for text in queries.all_in_force(session) if text.version == 0]
    for text in shipped:
        _new_version(session, actor, text, text.body, details, now=now)
    return len(shipped)


def _refuse_gaps(gaps: tuple[str, ...]) -> None:
    """What is public stays complete: otherwise the installation would not start again."""
    if gaps:
        raise Refused(Text("This would leave gaps in a public text: %(gaps)s", {"gaps": ", ".join(gaps)}))


def _new_version(
    session: Session, actor: Actor, current: ShownText, body: str, details: Mapping[Detail, str], *, now: datetime
) -> ShownText:
    published = filling.filled(body, current.language, details)
    if current.version > 0 and (body, published) == (current.body, current.published):
        return current
    row = LegalText(
        page=current.page,
        language=current.language,
        version=current.version + 1,
        body=body,
        published=published,
        written_at=now,
        author_account_id=actor.account_id,
    )
    session.add(row)
    session.flush()
    session.refresh(row, ["public_id"])
    audit.record(session, actor, "legal.text_changed", kind="legal_text", public_id=row.public_id, now=now)
    return ShownText(row.page, row.language, row.version, row.body, row.published, row.written_at)


def _lock(session: Session) -> None:
    session.execute(select(func.pg_advisory_xact_lock(ONE_WRITER)))
