"""The `succession` command: one module per group, thin like views."""

import sys
from importlib import import_module

import click
from sqlalchemy.exc import OperationalError

from succession.cli.exits import REFUSED, said
from succession.cluster import ClusterError
from succession.errors import SuccessionError

# A group is loaded only when it is called: `succession db status` does not wait for the geometry libraries.
GROUPS = {
    "check": "succession.cli.check:check",
    "legal": "succession.cli.legal:legal",
    "audit": "succession.cli.audit:audit",
    "match": "succession.cli.match:match",
    "recompute": "succession.cli.recompute:recompute",
    "allocation": "succession.cli.allocation:allocation",
    "db": "succession.cli.db:db",
    "land": "succession.cli.land:land",
    "jobs": "succession.cli.jobs:jobs",
    "serve": "succession.cli.serve:serve",
    "places": "succession.cli.places:places",
    "reference": "succession.cli.reference:reference",
    "demo": "succession.cli.demo:demo",
    "reset-second-factor": "succession.cli.second_factor:reset_second_factor",
    "create-admin": "succession.cli.people:create_admin",
    "block-account": "succession.cli.people:block_account",
    "privacy": "succession.cli.privacy:privacy",
    "retention": "succession.cli.privacy:retention",
    "erase-account": "succession.cli.privacy:erase_account",
}


class Groups(click.Group):
    """The groups of `GROUPS`, each imported when it is needed; what goes wrong on purpose ends in a sentence."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except SuccessionError as error:
            click.echo(said(error.text), err=True)
        except ClusterError as error:
            click.echo(str(error), err=True)
        except OperationalError as error:
            click.echo(f"The database could not go on: {error.orig}", err=True)
        sys.exit(REFUSED)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all groups."""
        return sorted(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The group or command of that name."""
        if cmd_name not in GROUPS:
            return None
        module, attribute = GROUPS[cmd_name].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Groups)
@click.version_option(package_name="succession")
def main() -> None:
    """Succession: matching people who hand over a business or land with those who take it on."""
