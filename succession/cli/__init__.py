"""The `succession` command: one module per group, thin like views."""

import click


@click.group()
def main() -> None:
    """Succession: matching people who hand over a business or land with those who take it on."""
