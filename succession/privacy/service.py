"""Writing doors of the privacy room: copies, consents, erasures, and their replay after a backup was brought back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account, AccountSession
from succession.audit import service as audit
from succession.config import Settings
from succession.errors import Conflict, NotFound, TooMany
from succession.i18n import Text
from succession.jobs import progress, queue
from succession.jobs.models import WorkProgress
from succession.marks import OwnFile, Person
from succession.outbox import service as outbox
from succession.privacy import erasing, ledger, mails, packing, policy, queries
from succession.privacy.consents import WORDINGS, ConsentPurpose, ConsentWay
from succession.privacy.exporting import held
from succession.privacy.models import ConsentAct, DataExport, Erasure, ErasureWay
from succession.privacy.personal_data import EXPORT_FOLDER, EXPORT_KEPT, file_name
from succession.privacy.register import data_classes, own_files

EXPORT = "privacy.export"
ERASE = "privacy.erase"
EXPORTS_A_DAY = 3
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Erased:
    """What is left to do after the transaction: taking the files away."""

    erasure: Erasure
    files: tuple[OwnFile, ...]

    def remove_files(self) -> None:
        """The person's files are gone from the disk."""
        for file in self.files:
            file.path.unlink(missing_ok=True)


def request_export(session: Session, actor: Actor, *, now: datetime) -> WorkProgress:
    """A copy of all that is held on the person is being made; at most three a day."""
    authorize(policy.may_see_own, actor, actor.account_id)
    assert actor.account_id is not None
    if queries.exports_since(session, actor.account_id, now - A_DAY) >= EXPORTS_A_DAY:
        raise TooMany(
            Text("You have had three copies made today. The next one is possible tomorrow."),
            retry_after=int(A_DAY.total_seconds()),
        )
    record = DataExport(public_id=uuid4(), account_id=actor.account_id, requested_at=now)
    session.add(record)
    session.flush()
    work = progress.start(
        session, EXPORT, account_id=actor.account_id, now=now, target_path=f"/my-data/copies/{record.public_id}"
    )
    queue.enqueue(session, EXPORT, export_id=record.public_id, progress_id=work.public_id)
    audit.record(session, actor, "privacy.copy_requested", kind="data_export", public_id=record.public_id, now=now)
    return work


def make_export(session: Session, actor: Actor, public_id: UUID, settings: Settings, *, now: datetime) -> DataExport:
    """The copy lies on the disk, whole or not at all, readable by this program only."""
    authorize(policy.may_run_retention, actor, None)
    record = session.scalar(select(DataExport).where(DataExport.public_id == public_id))
    account = session.get(Account, record.account_id) if record is not None else None
    if record is None or account is None:
        raise NotFound
    person = Person(account.id, account.public_id, account.email, account.name)
    folder = settings.instance / EXPORT_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / file_name(public_id)
    unfinished = path.with_suffix(".part")
    contact = settings.contact
    heading = packing.Heading(
        settings.site_name, f"{contact.name}, {contact.phone}, {contact.email}", now, account.language.value
    )
    unfinished.touch(mode=0o600)
    with unfinished.open("wb") as file:
        packing.write_package(
            file, held(session, person), own_files(session, person, settings), data_classes(), heading
        )
    unfinished.rename(path)
    record.made_at, record.expires_at, record.size = now, now + EXPORT_KEPT, path.stat().st_size
    return record


def note_fetched(session: Session, actor: Actor, public_id: UUID, settings: Settings, *, now: datetime) -> Path:
    """The file of the copy, which is about to be handed over; that it was fetched is on record."""
    record = queries.export(session, actor, public_id, now=now)
    authorize(policy.may_see_own, actor, record.account_id, hidden=True)
    path = settings.instance / EXPORT_FOLDER / file_name(public_id)
    if record.made_at is None or not path.is_file():
        raise NotFound(Text("This copy is not there any more. Have a new one made."))
    record.fetched_at = now
    audit.record(session, actor, "privacy.copy_fetched", kind="data_export", public_id=public_id, now=now)
    return path


def decide_consent(
    session: Session, actor: Actor, purpose: ConsentPurpose, *, is_given: bool, now: datetime
) -> ConsentAct:
    """The consent is given or withdrawn, with the version of its words; saying the same twice is one act."""
    authorize(policy.may_see_own, actor, actor.account_id)
    assert actor.account_id is not None
    last = session.scalar(
        select(ConsentAct)
        .where(ConsentAct.account_id == actor.account_id, ConsentAct.purpose == purpose)
        .order_by(ConsentAct.id.desc())
        .limit(1)
    )
    version = WORDINGS[purpose].version
    if last is not None and last.is_given == is_given and last.text_version == version:
        return last
    act = ConsentAct(
        account_id=actor.account_id,
        purpose=purpose,
        text_version=version,
        is_given=is_given,
        way=ConsentWay.PAGE,
        acted_at=now,
    )
    session.add(act)
    session.flush()
    if is_given:
        audit.record(session, actor, "consent.given", kind="account", public_id=actor.account_public_id, now=now)
    else:
        audit.record(session, actor, "consent.withdrawn", kind="account", public_id=actor.account_public_id, now=now)
    return act


def request_erasure(session: Session, actor: Actor, *, now: datetime) -> Erasure:
    """The account is shut and its sessions are dead; the worker erases the person at once.

    The only administrator of an organisation hands that over first: a `Conflict` names the organisation.
    """
    authorize(policy.may_close, actor, actor.account_id)
    assert actor.account_id is not None
    assert actor.account_public_id is not None
    alone = queries.sole_administrator_of(session, actor.account_id)
    if alone:
        raise Conflict(
            Text(
                "You are the only one who manages “%(name)s”. Make somebody else an administrator first, or call us.",
                {"name": alone[0]},
            )
        )
    erasure = Erasure(
        public_id=uuid4(),
        account_public_id=actor.account_public_id,
        way=ErasureWay.OWN_WISH,
        requested_at=now,
        counts={},
        mentions=[],
    )
    session.add(erasure)
    session.execute(update(Account).where(Account.id == actor.account_id).values(blocked_at=now))
    session.execute(
        update(AccountSession)
        .where(AccountSession.account_id == actor.account_id, AccountSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    queue.enqueue(session, ERASE, erasure_id=erasure.public_id)
    audit.record(
        session, actor, "account.erasure_requested", kind="account", public_id=actor.account_public_id, now=now
    )
    return erasure


def carry_out(session: Session, actor: Actor, erasure_id: UUID, settings: Settings, *, now: datetime) -> Erased | None:
    """A requested erasure has been done; one that was done before is left alone."""
    authorize(policy.may_close, actor, None)
    erasure = session.scalar(select(Erasure).where(Erasure.public_id == erasure_id).with_for_update())
    if erasure is None or erasure.erased_at is not None:
        return None
    person = queries.person_by_public_id(session, erasure.account_public_id)
    if person is None:
        erasure.erased_at = now
        return None
    return _erase(session, actor, person, erasure, settings, now=now)


def erase_person(
    session: Session, actor: Actor, person: Person, settings: Settings, *, way: ErasureWay, now: datetime
) -> Erased:
    """Nothing personal is left of the person in any room but what is declared to stay, and the ledger has a line.

    The line is on the disk before the transaction is committed: if that fails, the ledger says too much, never too
    little. The files go after the commit: call `remove_files`.
    """
    authorize(policy.may_close, actor, person.account_id)
    erasure = Erasure(
        public_id=uuid4(), account_public_id=person.public_id, way=way, requested_at=now, counts={}, mentions=[]
    )
    session.add(erasure)
    return _erase(session, actor, person, erasure, settings, now=now)


def note_mentions_seen(session: Session, actor: Actor, erasure_id: UUID, *, now: datetime) -> Erasure:
    """Somebody has looked at the texts of others that named whoever was erased."""
    authorize(policy.may_see_processing, actor, None)
    erasure = session.scalar(select(Erasure).where(Erasure.public_id == erasure_id))
    if erasure is None:
        raise NotFound
    erasure.mentions_seen_at = now
    audit.record(session, actor, "privacy.mentions_seen", kind="erasure", public_id=erasure_id, now=now)
    return erasure


def replay_ledger(session: Session, actor: Actor, settings: Settings, *, now: datetime) -> list[Erased]:
    """Whoever was erased before and is here again, because an older backup was brought back, is erased again."""
    authorize(policy.may_close, actor, None)
    done = []
    for public_id in dict.fromkeys(line.account_public_id for line in ledger.lines(settings.instance)):
        person = queries.person_by_public_id(session, public_id)
        if person is not None:
            done.append(erase_person(session, actor, person, settings, way=ErasureWay.REPLAYED, now=now))
    return done


def _erase(
    session: Session, actor: Actor, person: Person, erasure: Erasure, settings: Settings, *, now: datetime
) -> Erased:
    session.flush()
    account = session.get_one(Account, person.account_id, with_for_update=True, populate_existing=True)
    address, language = account.email, account.language.value
    is_told = _is_told(account, erasure.way)
    shares = erasing.shares(session, person)
    files = tuple(own_files(session, person, settings))
    counts = erasing.erase(session, person)
    erasure.counts, erasure.mentions = counts, erasing.mentions(session, person)
    erasure.erased_at = now
    if address and is_told:
        outbox.enqueue(session, mails.erased(shares, erased_at=now), address=address, language=language, now=now)
    audit.record(session, actor, "account.erased", kind="account", public_id=person.public_id, now=now)
    session.flush()
    ledger.append(settings.instance, ledger.Line(person.public_id, now, erasure.way.value))
    return Erased(erasure, files)


def _is_told(account: Account, way: ErasureWay) -> bool:
    """Whoever was told before is not told again, and an address that nobody has confirmed may be a stranger's."""
    is_strangers = way is ErasureWay.EXPIRED and account.confirmed_at is None
    return not (account.is_demo or is_strangers or way is ErasureWay.REPLAYED)
