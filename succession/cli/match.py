"""`succession match`: the best offers for a search or the best searches for an offer, with every figure."""

import json
import sys
from functools import partial
from uuid import UUID

import click
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.cli.session import REFUSED, database_session
from succession.i18n import AnyText, Text, load_translations, render
from succession.matching import policy, queries, report
from succession.matching.criteria.criterion import Mark
from succession.matching.explanation import Reason, band
from succession.matching.queries import Match, Matches, Window
from succession.matching.report import Say

MARKS = {Mark.FITS: "+", Mark.PARTLY: "~", Mark.OPEN: "?", Mark.AGAINST: "-"}
MOST = 1000


@click.command()
@click.option("--search", metavar="ID", help="The public id of a published search: which offers fit?")
@click.option("--listing", metavar="ID", help="The public id or the Chiffre of a published offer: who fits?")
@click.option("--limit", type=click.IntRange(1, MOST), default=20, show_default=True, help="Rows of each list.")
@click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def match(search: str | None, listing: str | None, limit: int, language: str, *, as_json: bool) -> None:
    """Match one search with all offers, or one offer with all searches. Both lists: ranked, and to be clarified."""
    if (search is None) == (listing is None):
        raise click.UsageError("Give either --search or --listing.")
    say = partial(_say, language)
    with database_session() as session:
        found = _of_search(session, search, limit) if search is not None else _of_listing(session, listing or "", limit)
        if found is None:
            click.echo(say(Text("This is not published, so there is nothing to match.")), err=True)
            sys.exit(REFUSED)
        if as_json:
            click.echo(json.dumps(report.document(found, limit, say), ensure_ascii=False, indent=2))
        else:
            _print(found, limit, say)


def _of_search(session: Session, public_id: str, limit: int) -> Matches | None:
    authorize(policy.may_see_figures, Actor.system(), None)
    number = queries.number_of_search(session, _uuid(public_id, "--search"))
    if number is None:
        return None
    return queries.offers_for_search(session, number, ranked=Window(0, limit), unclear=Window(0, limit))


def _of_listing(session: Session, named: str, limit: int) -> Matches | None:
    authorize(policy.may_see_figures, Actor.system(), None)
    wanted = named.upper() if len(named) < 16 else _uuid(named, "--listing")
    number = queries.number_of_listing(session, wanted)
    if number is None:
        return None
    return queries.searches_for_offer(session, number, ranked=Window(0, limit), unclear=Window(0, limit))


def _uuid(value: str, option: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a public id.", param_hint=option) from error


def _say(language: str, text: AnyText) -> str:
    return render(text, load_translations(language), language)


def _print(found: Matches, limit: int, say: Say) -> None:
    for title, entries in (
        (Text("Matches"), found.ranked[:limit]),
        (Text("To be clarified"), found.unclear[:limit]),
    ):
        click.echo(say(title))
        if not entries:
            click.echo(f"  {say(Text('none'))}")
        for number, each in enumerate(entries, start=1):
            _print_match(number, each, say)
        click.echo()
    click.echo(say(Text("Pool means: %(id)s", {"id": str(found.pool_means_id)})))


def _print_match(number: int, match: Match, say: Say) -> None:
    open_ones = band(match.score)
    click.echo(f"{number:3}. {match.figure:3}  {say(match.shown.title)} ({say(match.shown.area)})")
    click.echo(f"          {match.shown.public_id}")
    if open_ones is not None:
        click.echo(f"          {say(open_ones)}")
    for title, reasons in (
        (Text("What counts for the one who asks"), match.own_reasons),
        (Text("What matters to the other side"), match.their_reasons),
    ):
        if reasons:
            click.echo(f"          {say(title)}")
        for reason in reasons:
            click.echo(f"          {_line(reason, say)}")
    for question in match.questions:
        click.echo(f"          → {say(question)}")


def _line(reason: Reason, say: Say) -> str:
    return f"{MARKS[reason.mark]} {say(reason.sentence)} [{say(reason.importance)}, {reason.contribution}]"
