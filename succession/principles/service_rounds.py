"""Writing doors of ten cases: beginning a round, a sheet that comes in or goes out, the end, and the draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.errors import Conflict, NotFound, Refused
from succession.i18n import Text
from succession.principles import cases, drafts, pairs, policy, queries, queries_rounds, service
from succession.principles.document import PrincipleDocument
from succession.principles.drafts import Draft
from succession.principles.models import PrincipleSet
from succession.principles.models_rounds import PairAnswer, PairRound, PairSheet
from succession.principles.refusals import BadDocument
from succession.principles.service import Beginning
from succession.principles.states import LONGEST_LABEL, MOST_PAIRS, Choice, Origin, RoundState, SheetWay
from succession.principles.trial import answering, try_out
from succession.records.documents import rational

MOST_SHEETS = 200
FEWEST_SHEETS = 1


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round about the criteria of a draft or a published set; `key` makes a retry the same round."""

    organisation: UUID
    title: str
    key: UUID
    draft: Draft


@dataclass(frozen=True, slots=True)
class NewSheet:
    """One councillor's choices by the number of the case; `key` makes a retry the same sheet."""

    faction: str
    choices: Mapping[int, Choice]
    way: SheetWay
    key: UUID


def begin(session: Session, actor: Actor, wanted: NewRound, *, now: datetime) -> PairRound:
    """The pairs are fixed: chosen by the rule with a seed made of the round's own id."""
    owner = queries.owner_for(session, actor, wanted.organisation)
    authorize(policy.may_draft, actor, owner.id)
    mine = PairRound.created_by_account_id == actor.account_id, PairRound.idempotency_key == wanted.key
    same = session.scalars(select(PairRound).where(*mine)).one_or_none()
    if same is not None:
        return same
    service.refuse_religion(owner, wanted.draft)
    document = drafts.attempt(wanted.draft)
    if not isinstance(document, PrincipleDocument):
        raise BadDocument(document)
    farms = answering(document, queries.farms_of(session, owner.id), {})
    shares = cases.shares_of(try_out(document, farms))
    criteria = list(next(iter(shares.values())))
    seed = sha256(f"{wanted.key}\x1f{document.identifier}".encode()).hexdigest()
    chosen = pairs.choose(shares, criteria, seed, MOST_PAIRS)
    if len(chosen) < pairs.FEWEST or len(criteria) < pairs.FEWEST_CRITERIA:
        raise Refused(Text("These criteria hardly tell the sample farms apart. Take a set with more of them."))
    found = PairRound(
        owner_organisation_id=owner.id,
        created_by_account_id=actor.account_id,
        idempotency_key=wanted.key,
        title=wanted.title.strip(),
        document=drafts.kept(wanted.draft),
        farms=[
            {
                "key": farm.key,
                "name": dict(farm.name),
                "summary": dict(farm.summary),
                "shares": {key: rational(share) for key, share in shares[farm.key].items()},
                "answers": dict(farm.answers),
            }
            for farm in farms
        ],
        pairs=[[pair.first, pair.second] for pair in chosen],
        seed=seed,
        created_at=now,
    )
    session.add(found)
    session.flush()
    _record(session, actor, found, "principles.round_begun", now=now)
    return found


def add_sheet(session: Session, actor: Actor, public_id: UUID, sheet: NewSheet, *, now: datetime) -> PairSheet:
    """One more sheet is in, without the name of whoever filled it in."""
    found = _open_round(session, actor, public_id)
    authorize(policy.may_draft, actor, found.owner_organisation_id)
    mine = PairSheet.round_id == found.id, PairSheet.idempotency_key == sheet.key
    same = session.scalars(select(PairSheet).where(*mine)).one_or_none()
    if same is not None:
        return same
    numbers = range(1, len(found.pairs) + 1)
    if any(number not in numbers for number in sheet.choices) or len(sheet.faction) > LONGEST_LABEL:
        raise Refused(Text("This sheet does not belong to this round."))
    if len(sheet.choices) < len(found.pairs):
        raise Refused(Text("Please decide every case. If you find both alike, say so."))
    last = session.scalar(select(func.max(PairSheet.number)).where(PairSheet.round_id == found.id)) or 0
    if last >= MOST_SHEETS:
        raise Refused(Text("A round takes at most %(most)s sheets.", {"most": MOST_SHEETS}))
    added = PairSheet(
        round_id=found.id, idempotency_key=sheet.key, number=last + 1, faction=sheet.faction.strip(), way=sheet.way
    )
    session.add(added)
    session.flush()
    session.add_all(
        PairAnswer(sheet_id=added.id, pair_number=number, choice=choice) for number, choice in sheet.choices.items()
    )
    session.flush()
    _record(session, actor, found, "principles.sheet_entered", now=now)
    return added


def remove_sheet(session: Session, actor: Actor, public_id: UUID, key: UUID, *, now: datetime) -> None:
    """A sheet that was entered wrongly is out; its number is not given again while later ones are there."""
    found = _open_round(session, actor, public_id)
    authorize(policy.may_draft, actor, found.owner_organisation_id)
    gone = session.execute(
        delete(PairSheet)
        .where(PairSheet.round_id == found.id, PairSheet.idempotency_key == key)
        .returning(PairSheet.id)
    )
    if gone.first() is None:
        raise NotFound
    _record(session, actor, found, "principles.sheet_removed", now=now)


def close(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> PairRound:
    """No further sheet comes in."""
    found = _open_round(session, actor, public_id)
    authorize(policy.may_draft, actor, found.owner_organisation_id)
    if len(queries_rounds.sheets_of(session, found)) < FEWEST_SHEETS:
        raise Conflict(Text("There is no sheet yet."))
    found.state, found.closed_at = RoundState.CLOSED, now
    session.flush()
    _record(session, actor, found, "principles.round_closed", now=now)
    return found


def draft_from(session: Session, actor: Actor, public_id: UUID, key: UUID, *, now: datetime) -> PrincipleSet:
    """A draft with the weights that all sheets together imply."""
    found = queries_rounds.round_for(session, actor, public_id, lock=True)
    authorize(policy.may_draft, actor, found.owner_organisation_id)
    if found.state is not RoundState.CLOSED:
        raise Conflict(Text("Close the round first, so that no further sheet comes in."))
    weights = queries_rounds.outcome_of(session, found).together.weights
    owner = queries.organisation(session, found.owner_organisation_id)
    draft = cases.draft_of(found.document, weights, found.title)
    beginning = Beginning(owner.public_id, found.title, key, Origin.TEN_CASES, draft)
    made = service.start(session, actor, beginning, now=now)
    found.result_set_id = made.id
    session.flush()
    return made


def _open_round(session: Session, actor: Actor, public_id: UUID) -> PairRound:
    found = queries_rounds.round_for(session, actor, public_id, lock=True)
    if found.state is not RoundState.OPEN:
        raise Conflict(Text("This round is closed."))
    return found


def _record(session: Session, actor: Actor, found: PairRound, action: str, *, now: datetime) -> None:
    audit.record(session, actor, action, kind="pair_round", public_id=found.public_id, now=now)
