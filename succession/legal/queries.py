"""Reading doors of legal texts: what is in force, what was, and what is still missing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from succession.errors import NotFound
from succession.legal import filling
from succession.legal.models import LegalDetail, LegalText
from succession.legal.vocabulary import Detail, LegalPage, TextLanguage


@dataclass(frozen=True, slots=True)
class ShownText:
    """A page as it is read: a version, or the shipped text if nobody has taken one on yet (version 0)."""

    page: LegalPage
    language: TextLanguage
    version: int
    body: str
    published: str
    written_at: datetime | None

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is still open."""
        return filling.gaps(self.published)


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a page from being complete: it was never taken on, or it has gaps."""

    page: LegalPage
    language: TextLanguage
    is_taken_on: bool
    gaps: tuple[str, ...]


def details(session: Session) -> dict[Detail, str]:
    """What was entered once for all texts."""
    return {row.detail: row.value for row in session.scalars(select(LegalDetail))}


def text_in_force(session: Session, page: LegalPage, language: TextLanguage) -> ShownText:
    """The newest version, else the shipped text with what is known filled in."""
    newest = select(LegalText).where(LegalText.page == page, LegalText.language == language)
    row = session.scalars(newest.order_by(LegalText.version.desc()).limit(1)).first()
    return _shipped(page, language, details(session)) if row is None else _shown(row)


def text_of_version(session: Session, page: LegalPage, language: TextLanguage, version: int) -> ShownText:
    """An older version as it was published."""
    statement = select(LegalText).where(
        LegalText.page == page, LegalText.language == language, LegalText.version == version
    )
    row = session.scalar(statement)
    if row is None:
        raise NotFound
    return _shown(row)


def versions(session: Session, page: LegalPage, language: TextLanguage) -> list[tuple[int, datetime]]:
    """Number and day of every version, the newest first."""
    statement = select(LegalText.version, LegalText.written_at).where(
        LegalText.page == page, LegalText.language == language
    )
    return [(row.version, row.written_at) for row in session.execute(statement.order_by(LegalText.version.desc()))]


def all_in_force(session: Session) -> list[ShownText]:
    """Every page in every language."""
    newest = (
        select(LegalText)
        .ext(distinct_on(LegalText.page, LegalText.language))
        .order_by(LegalText.page, LegalText.language, LegalText.version.desc())
    )
    rows = {(row.page, row.language): _shown(row) for row in session.scalars(newest)}
    known = details(session)
    return [
        rows.get((page, language)) or _shipped(page, language, known) for page in LegalPage for language in TextLanguage
    ]


def missing(session: Session) -> list[Missing]:
    """What must be done before the public may come: every German text taken on, and no gap in any language."""
    found = []
    for text in all_in_force(session):
        is_taken_on = text.version > 0 or text.language is not TextLanguage.GERMAN
        if not is_taken_on or not filling.is_complete(text.published):
            found.append(Missing(text.page, text.language, is_taken_on, text.gaps))
    return found


def _shown(row: LegalText) -> ShownText:
    return ShownText(row.page, row.language, row.version, row.body, row.published, row.written_at)


def _shipped(page: LegalPage, language: TextLanguage, known: dict[Detail, str]) -> ShownText:
    body = filling.shipped(page, language)
    return ShownText(page, language, 0, body, filling.filled(body, language, known), None)
