"""`succession legal`: the legal texts from the command line, for an installation that is not public yet."""

import sys
from datetime import UTC, datetime
from typing import TextIO

import click

from succession.accounts.actor import Actor
from succession.cli.exits import said
from succession.cli.session import REFUSED, database_session
from succession.legal import queries, service
from succession.legal.vocabulary import Detail, LegalPage, TextLanguage


@click.group("legal")
def legal() -> None:
    """Fill in imprint, terms, privacy notice, contact points and accessibility statement."""


@legal.command()
def status() -> None:
    """Say what is missing; ends with 1 if anything is."""
    with database_session() as session:
        known, missing = queries.details(session), queries.missing(session)
    for detail in Detail:
        click.echo(f"{detail.value:<18} {known.get(detail) or '– missing: ' + said(detail.words.label)}")
    for one in missing:
        reason = ", ".join(one.gaps) if one.gaps else "not taken on yet (succession legal take-on)"
        click.echo(f"{one.page.value} ({one.language.value}): {reason}", err=True)
    if missing:
        sys.exit(REFUSED)


@legal.command("set")
@click.argument("detail", type=click.Choice([detail.value for detail in Detail]))
@click.argument("value")
def set_detail(detail: str, value: str) -> None:
    """Enter one detail that stands in the texts; in VALUE, | begins a new line."""
    lines = value.replace("|", "\n")
    with database_session() as session:
        changed = service.save_details(session, Actor.system(), {Detail(detail): lines}, now=datetime.now(UTC))
    click.echo(f"Saved; {changed} texts have a new version.", err=True)


@legal.command("take-on")
def take_on() -> None:
    """Put every shipped text in force that nobody has written anew. Read them first."""
    with database_session() as session:
        count = service.take_on(session, Actor.system(), now=datetime.now(UTC))
    click.echo(f"{count} texts are in force now.", err=True)


@legal.command()
@click.argument("page", type=click.Choice([page.value for page in LegalPage]))
@click.argument("language", type=click.Choice([language.value for language in TextLanguage]))
@click.argument("file", type=click.File("r", encoding="utf-8"))
def load(page: str, language: str, file: TextIO) -> None:
    """Put a text of your own in force, written in Markdown."""
    which = (LegalPage(page), TextLanguage(language))
    with database_session() as session:
        seen = queries.text_in_force(session, *which).version
        body = file.read()
        saved = service.save_text(session, Actor.system(), *which, body, seen_version=seen, now=datetime.now(UTC))
    click.echo(f"Version {saved.version} is in force.", err=True)
