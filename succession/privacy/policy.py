"""Who may see, take away and erase personal data. Pure."""

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty


def may_see_own(actor: Actor, account_id: int | None) -> bool:
    """Everybody their own, and only they themselves: whoever acts for somebody does not get a copy of everything."""
    return account_id is not None and actor.account_id == account_id and actor.acting_for is None


def may_close(actor: Actor, account_id: int | None) -> bool:
    """One's own account, and the operator's command line any."""
    return actor.is_system or may_see_own(actor, account_id)


def may_run_retention(actor: Actor, _: object) -> bool:
    """The clock and the operator's command line."""
    return actor.is_system


def may_see_processing(actor: Actor, _: object) -> bool:
    """The register of processing, the erasures and whom an accident concerns: for those who answer for them."""
    return actor.has(Role.COORDINATOR, Role.OPERATOR)


def may_settle_archive(actor: Actor, organisation_id: int) -> bool:
    """Naming the archive and noting its answer: whoever manages the organisation."""
    return actor.may_for(Duty.ADMINISTER, organisation_id)


def may_see_archive(actor: Actor, organisation_id: int) -> bool:
    """What was offered: whoever may read the organisation's things."""
    return actor.may_for(Duty.READ, organisation_id)
