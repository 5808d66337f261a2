"""Steps of the long story, from the deadline to a promise that is kept."""

import re
from datetime import date, timedelta

from tests.journeys.calendar import today
from tests.journeys.giving_out_land import fill, fill_in, send

LOT = "lots/1"


def press(page, action):
    """The button of the form that goes to this address."""
    with page.expect_navigation():
        page.locator(f"form[action$='{action}'] button").first.click()


def links(page, part):
    """The addresses of all links that hold `part`, each once."""
    found = [link.get_attribute("href") for link in page.locator(f"main a[href*='{part}']").all()]
    return list(dict.fromkeys(found))


def record_envelope(page, call):
    """A closed envelope gets a number."""
    page.goto(f"{call}/envelopes")
    fill(page, initials="MS")
    press(page, "/envelopes")


def open_envelope(clerk, second, call, name, answers, scan):
    """One person enters what is on the paper, another compares."""
    clerk.goto(f"{call}/envelopes")
    press(clerk, "/open")
    fill_in(clerk, name, answers)
    clerk.goto(f"{call}/envelopes/1")
    clerk.locator("input[name=scan]").set_input_files(scan)
    press(clerk, "/scan")
    second.goto(f"{call}/envelopes/1")
    press(second, "/confirm")


def score(page, call):
    """The public draw is entered and the points are computed."""
    page.goto(f"{call}/draw")
    fill(page, result="4 8 15 16 23 42")
    send(page)
    page.goto(f"{call}/{LOT}/ranking")
    page.locator("[name=cause]").first.check(force=True)
    send(page)


def prove(clerk, winner, call, application, paper):
    """Evidence is asked of the first-placed only, handed in and accepted."""
    clerk.goto(f"{call}/{LOT}/evidence")
    send(clerk)
    winner.goto(f"{application}/evidence")
    for item in links(winner, "/evidence/"):
        winner.goto(item)
        winner.locator("input[type=file]").first.set_input_files(paper)
        send(winner)
    clerk.goto(f"{call}/{LOT}/evidence")
    for item in links(clerk, "/evidence/"):
        clerk.goto(item)
        clerk.locator("[name=accepted][value=yes]").check(force=True)
        press(clerk, "/judgement")


def prepare(clerk, second, call):
    """Both say that they have no interest in it; one prepares, the other checks."""
    for person in (clerk, second):
        person.goto(f"{call}/{LOT}/interests")
        person.locator("[name=own-has_interest][value=no]").check(force=True)
        send(person)
    clerk.goto(f"{call}/{LOT}/preparation")
    press(clerk, "/preparation")
    second.goto(f"{call}/{LOT}/preparation")
    press(second, "/check")


def decide(council, call):
    """What stands in the minutes of the council."""
    council.goto(f"{call}/{LOT}/decision")
    council.locator("[name=chosen]").first.check(force=True)
    fill(council, body="Gemeinderat", decided_on=f"{today():%Y-%m-%d}", item="7", withdrew="Horst Brandt")
    fill(council, votes_for="9", votes_against="2", votes_abstained="1")
    council.locator("[name=is_public][value=yes]").check(force=True)
    send(council)


def send_letters(page, call):
    """Everybody is told; the Wartefrist begins."""
    page.goto(f"{call}/{LOT}/letters")
    fill(page, dispatched_on=f"{today():%Y-%m-%d}")
    press(page, "/letters")
    letters = page.request.get(f"{call}/{LOT}/letters.pdf")
    assert letters.body().startswith(b"%PDF")
    press(page, "/letters/left")


def object_to(page, application, words):
    """The loser reads the reasons and says what is wrong."""
    page.goto(f"{application}/{LOT}/result")
    read = page.locator("main").inner_text()
    page.goto(f"{application}/{LOT}/objection")
    page.locator("main textarea").fill(words)
    send(page)
    return read


def answer(page, call, words):
    """In writing, to the person who objected."""
    page.goto(f"{call}/{LOT}/objections")
    page.goto(links(page, "/objections/")[0])
    page.locator("[name=outcome][value=not_justified]").check(force=True)
    fill(page, answer=words)
    send(page)


def sign(page, call):
    """The contract goes into the file; what was promised gets its days."""
    page.goto(f"{call}/{LOT}/contract")
    fill(page, signed_on=f"{today():%Y-%m-%d}", starts_on="2028-10-01", ends_on="2040-09-30")
    page.locator("[name=letter_box]").check(force=True)
    send(page)


def check_promise(page):
    """Somebody looks at the hedge."""
    page.goto("/promises")
    page.goto(links(page, "/promises/checks/")[0])
    page.locator("[name=outcome][value=kept]").check(force=True)
    page.locator("form[action$='/findings'] [name=note]").fill("Die Hecke steht, 210 m, Weißdorn und Schlehe.")
    press(page, "/findings")


def days_until(page):
    """The days until the promise is looked at."""
    page.goto("/promises?all=1")
    due = re.search(r"(\d\d)\.(\d\d)\.(\d{4})", page.locator("main table").inner_text())
    day, month, year = map(int, due.groups())
    return date(year, month, day) - today() + timedelta(days=1)
