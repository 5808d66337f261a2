"""The reading door of council papers and award notices: with names for who decides, with letters for everybody."""

from decimal import Decimal

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account
from succession.allocation.explanation import rule_sentences
from succession.allocation.wording import figure
from succession.awards import papers, policy_outward, queries, queries_decision, queries_interests
from succession.awards.case import catalogue_of
from succession.awards.models import ScoringRun
from succession.awards.models_decision import Capacity, Preparation
from succession.awards.papers import Declaration, Money, Paper, Rule, Signed
from succession.awards.queries import Desk
from succession.awards.record_hiding import sealed_because
from succession.awards.standstill import day_of
from succession.calls import gap
from succession.calls import queries as calls
from succession.errors import Conflict
from succession.i18n import Text
from succession.principles.document import PrincipleDocument
from succession.principles.questions import Category
from succession.principles.texts import in_language
from succession.principles.wordings import wordings
from succession.simulation.queries import simulations_of

LANGUAGE = "de"
"""Papers of a body are in German."""


def council_paper(session: Session, actor: Actor, desk: Desk, *, is_public: bool) -> Paper:
    """The paper on the run that was prepared, else on the newest; `Conflict` before the first run."""
    authorize(policy_outward.may_see, actor, desk.call, hidden=True)
    preparation = queries_decision.standing_preparation(session, desk.lot.id)
    run = session.get_one(ScoringRun, preparation.run_id) if preparation else queries.newest_run(session, desk.lot.id)
    if run is None or not run.document:
        raise Conflict(Text("The lot has not been scored yet, so there is nothing to put before the body."))
    principles = desk.principles
    catalogue, result = catalogue_of(run.document), queries.result(run)
    people = queries.applicants(session, actor, desk)
    codes = [card.applicant.identifier for card in result.cards]
    called = (
        papers.letters_by_chance(codes, run.input_hash)
        if is_public
        else {code: people[code].name if code in people else code for code in codes}
    )
    sealed = bool(sealed_because(principles.raw, catalogue))
    hidden = special_criteria(principles)
    words = wordings(principles, LANGUAGE)
    proposed = proposed_code(session, desk, preparation)
    sums = not (is_public and sealed)
    return Paper(
        is_public=is_public,
        call_title=desk.call.title,
        owner_name=calls.owner_of(session, desk.call).name,
        lot_number=desk.lot.number,
        lot_name=desk.lot.name,
        principles_name=in_language(principles.name, LANGUAGE),
        principles_id=principles.identifier,
        rules=rules(principles),
        unscored=tuple(in_language(one.label, LANGUAGE) for one in principles.unscored),
        ranking=papers.ranked(catalogue, result, called, words, proposed=proposed, sums=sums),
        tables=papers.points_tables(result, called, words, catalogue=catalogue, shown=lambda one: one not in hidden)
        if sums
        else (),
        is_sealed=not sums,
        money=money(desk),
        public_interest=desk.call.public_interest,
        de_minimis_note=desk.call.de_minimis_note,
        simulations=simulations(session, actor, desk, is_public=is_public),
        declarations=_declarations(session, desk, is_public=is_public),
        proposed=called.get(proposed or ""),
        note=preparation.note if preparation and not is_public else "",
        signed=signed(session, preparation),
        run_number=run.number,
        run_hash=run.result_hash,
    )


def simulations(session: Session, actor: Actor, desk: Desk, *, is_public: bool) -> tuple[Text, ...]:
    """What was tried out with these principles before; in a public paper only what may be told in public."""
    return tuple(
        Text(
            "%(day)s: %(sets)s, on: %(basis)s",
            {
                "day": day_of(one.made_at),
                "sets": ", ".join(
                    f"{in_language(title, LANGUAGE)} ({identifier[:8]})" for title, identifier in one.sets
                ),
                "basis": one.basis.label,
            },
        )
        for one in simulations_of(session, actor, call=desk.call)
        if one.is_public or not is_public
    )


def special_criteria(principles: PrincipleDocument) -> frozenset[str]:
    """The lines that read statements of a special category: no paper shows them one by one."""
    fields = {one.identifier for one in principles.questions if one.special_category is Category.RELIGION}
    return frozenset(one.identifier for one in principles.catalogue.criteria if one.reads in fields)


def proposed_code(session: Session, desk: Desk, preparation: Preparation | None) -> str | None:
    """Whom the office puts first."""
    if preparation is None or preparation.application_id is None:
        return None
    return queries.codes_of(session, desk.call.id).get(preparation.application_id)


def rules(principles: PrincipleDocument) -> tuple[Rule, ...]:
    """The lines of the principles, each with its reason."""
    words = wordings(principles, LANGUAGE)
    return tuple(
        Rule(
            words[one.identifier].label,
            Text("%(figure)s", {"figure": figure(one.rule.greatest if one.weight is None else one.weight)}),
            in_language(principles.words[one.identifier].reason, LANGUAGE),
            rule_sentences(one, words[one.identifier]),
        )
        for one in principles.catalogue.criteria
    )


def money(desk: Desk) -> Money:
    """The price beside what is usual, and the gap over the years."""
    call, lot = desk.call, desk.lot
    priced = gap.Priced(lot.number, lot.price_cents_year, lot.reference_rent_cents_year)
    found = gap.gaps([priced], years=call.term_years, is_paid_yearly=call.kind.is_paid_yearly)
    one = found[0] if found else None
    return Money(
        price=_euros(lot.price_cents_year),
        reference=_euros(lot.reference_rent_cents_year),
        source=lot.reference_source,
        on=lot.reference_on,
        gap=_euros(one.per_year) if one else None,
        over_term=_euros(one.over_term) if one else None,
        is_above_de_minimis=one.is_above_de_minimis if one else False,
        is_yearly=call.kind.is_paid_yearly,
    )


def _euros(cents: int | None) -> Text | None:
    return None if cents is None else Text("%(amount)s euros", {"amount": Decimal(cents) / 100})


def _declarations(session: Session, desk: Desk, *, is_public: bool) -> tuple[Declaration, ...]:
    """Who has declared what; in public without the names of those who have no interest to declare in public."""
    found = queries_interests.declarations(session, desk.call)
    return tuple(
        Declaration(one.name if not is_public else "", one.capacity.label, one.has_interest)
        for one in found
        if one.capacity in Capacity
    )


def signed(session: Session, preparation: Preparation | None) -> Signed:
    """Who prepared, who checked."""
    if preparation is None:
        return Signed()
    return Signed(
        name_of(session, preparation.prepared_by_account_id),
        preparation.prepared_at,
        name_of(session, preparation.checked_by_account_id),
        preparation.checked_at,
    )


def name_of(session: Session, account_id: int | None) -> str:
    """The name of somebody of the office."""
    account = session.get(Account, account_id) if account_id is not None else None
    return account.name if account else ""
