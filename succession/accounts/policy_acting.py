"""Who may ask whom to act for them, keep a file for somebody, and say yes in which way. Pure.

None of it is open to who acts for somebody at this moment: nobody hands on what was entrusted to them.
"""

from dataclasses import dataclass

from succession.accounts.actor import Actor, Role


@dataclass(frozen=True, slots=True)
class Kept:
    """A person's file and who keeps it: `asked` advisors wait for the person's yes, `mandated` have it."""

    account_id: int
    asked: frozenset[int] = frozenset()
    mandated: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Who acts for whom; `agent_id` is missing until somebody has accepted."""

    principal_id: int
    agent_id: int | None


def is_themselves(actor: Actor) -> bool:
    """Somebody who has signed in and acts for nobody else."""
    return actor.account_id is not None and actor.acting_for is None


def may_name_helper(actor: Actor, _: object) -> bool:
    """Ask somebody to act for oneself."""
    return is_themselves(actor)


def may_answer(actor: Actor, pair: Pair) -> bool:
    """Accept or decline to act for somebody: anybody who has the link, for somebody else than themselves."""
    return is_themselves(actor) and actor.account_id != pair.principal_id


def may_end(actor: Actor, pair: Pair) -> bool:
    """Either of the two."""
    return is_themselves(actor) and actor.account_id in {pair.principal_id, pair.agent_id}


def may_act(actor: Actor, pair: Pair) -> bool:
    """Begin to act for the person: the agent; from one person one may go straight to another."""
    return actor.account_id is not None and actor.account_id == pair.agent_id


def may_open_file(actor: Actor, _: object) -> bool:
    """Begin a file for somebody on paper."""
    return is_themselves(actor) and actor.has(Role.ADVISOR)


def may_see_file(actor: Actor, kept: Kept) -> bool:
    """The page about the file, with names and dates: its advisors, and coordinators."""
    if not is_themselves(actor):
        return False
    return actor.has(Role.COORDINATOR) or (actor.has(Role.ADVISOR) and actor.account_id in kept.asked | kept.mandated)


def may_ask_person(actor: Actor, kept: Kept) -> bool:
    """Print a letter with a code, or note what the person said on the phone: who keeps the file."""
    return may_see_file(actor, kept)


def may_look_after(actor: Actor, kept: Kept) -> bool:
    """Let a file rest and open it again, let heirs in, hand it over: coordinators, and advisors with the mandate."""
    if not is_themselves(actor):
        return False
    return actor.has(Role.COORDINATOR) or (actor.has(Role.ADVISOR) and actor.account_id in kept.mandated)


def needs_confirmation(actor: Actor) -> bool:
    """Whether the person must say yes first. An heir is asked nothing: the person can no longer be."""
    return actor.acting_for is not None and not actor.acting_for.is_heir


def may_ask_for_confirmation(actor: Actor, account_id: int) -> bool:
    """Put something before the person: who acts for them now and may change things."""
    return actor.acting_for is not None and actor.acting_for.account_id == account_id and actor.may_write


def may_confirm(actor: Actor, account_id: int) -> bool:
    """Say yes: the person themselves, or who acts for them and has the code."""
    return actor.own_account_id == account_id and actor.may_write


def may_take_over(actor: Actor, _: object) -> bool:
    """Whoever has the code of the letter."""
    return not actor.is_system


def may_note_look(actor: Actor, _: object) -> bool:
    """What is looked at in another's name is written down."""
    return actor.acting_for is not None
