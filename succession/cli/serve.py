"""`succession serve`: everything an installation needs, in one command."""

import sys

import click

from succession.cli.exits import REFUSED, settings_or_exit
from succession.supervisor import CannotServeError, Plan
from succession.supervisor import serve as run_everything


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--no-demo", is_flag=True, help="Do not build the demo region.")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
def serve(host: str, port: int, *, no_demo: bool, processes: int) -> None:
    """Run database, worker and web process until Ctrl-C."""
    settings = settings_or_exit()
    plan = Plan(host=host, port=port, with_demo=not no_demo, web_processes=processes)
    try:
        sys.exit(run_everything(settings, plan))
    except CannotServeError as error:
        click.echo(str(error), err=True)
        sys.exit(REFUSED)
