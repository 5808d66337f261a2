"""Who may see how far work has come. Pure."""

from typing import Protocol

from succession.jobs.models import WorkProgress


class Watching(Protocol):
    """What is needed to know of an actor."""

    @property
    def account_id(self) -> int | None:
        """Who it is, if a person."""

    @property
    def is_system(self) -> bool:
        """Whether it is the worker or the operator's command line."""


def may_view_progress(actor: Watching, progress: WorkProgress) -> bool:
    """Whoever started it."""
    return actor.is_system or (actor.account_id is not None and progress.account_id == actor.account_id)
