"""What somebody could try with the pages to find out where an offer exactly is; each gives a guess for each offer.

A guess is a point in storage coordinates, or None where the answers leave too much room.
"""

import re
from dataclasses import dataclass
from math import hypot

import numpy as np
from sqlalchemy import text

from succession.geo.crs import LONLAT, STORAGE, _transformer
from succession.profiles import publication as search_publication
from tests.factories.profiles import a_profile, a_published_search

GERMAN = {"Accept-Language": "de"}
NEAR_M = 60
TOO_WIDE_M = 8_000
WISHES_KM = (8, 16, 30)
NEARER, EQUAL, FARTHER = -1, 0, 1
STEP_DEGREES = 0.001
CARD = re.compile(r'<h3><a href="/offers/([0-9a-f-]{36})">.*?</article>', re.DOTALL)
MATCH = re.compile(r'<h3><a href="/matches/([0-9a-f-]{36})[^"]*">.*?</article>', re.DOTALL)


@dataclass(frozen=True)
class Anchor:
    """A village that a search can start from, and where such a search starts: its area's reference point."""

    name: str
    public_id: str
    x: float
    y: float


def is_safe(secret, guess):
    """Whether a guess tells no more than what is shown (LP-2)."""
    if guess is None or hypot(guess[0] - secret.reference[0], guess[1] - secret.reference[1]) <= NEAR_M:
        return True
    return hypot(guess[0] - secret.x, guess[1] - secret.y) >= secret.gap_m / 2


def anchors(session):
    rows = session.execute(
        text("""
            SELECT p.name, p.public_id, ST_X(a.reference) AS x, ST_Y(a.reference) AS y
            FROM place p JOIN place_area a ON a.place_id = p.id AND a.level = 4 AND a.code LIKE 'L%' ORDER BY p.id""")
    )
    return [Anchor(row.name, str(row.public_id), row.x, row.y) for row in rows]


def cards(browser, address, pages=2):
    """The offers of a list in order, each with the kilometres that stand on it."""
    found = {}
    for page in range(1, pages + 1):
        shown = browser.get(f"{address}&page={page}", headers=GERMAN).text
        for match in CARD.finditer(shown):
            km = re.search(r"etwa (\d+)(?:\s|&#160;|\xa0)km", match[0])
            found.setdefault(match[1], km and int(km[1]))
    return found


def by_distance(browser, session, world):
    """The kilometres on the cards, from every village: the point that fits them best."""
    told = {str(secret.offer): [] for secret in world.secrets}
    for anchor in anchors(session):
        shown = cards(browser, f"/search?place={anchor.public_id}&radius=100&sort=nearest")
        for offer in told.keys() & shown.keys():
            told[offer].append((anchor.x, anchor.y, shown[offer]))
    return {offer: best_fit(lines) for offer, lines in told.items()}


def best_fit(lines):
    """Least squares on a grid that gets finer; the shown kilometres are rounded up."""
    if len(lines) < 3:
        return None
    x, y, km = np.array(lines, dtype=float).T
    middle, reach = (x.mean(), y.mean()), 60_000.0
    while reach > 20:
        steps = np.linspace(-reach, reach, 41)
        gx, gy = np.meshgrid(middle[0] + steps, middle[1] + steps)
        metres = np.hypot(gx[..., None] - x, gy[..., None] - y)
        errors = ((metres - (km - 0.5) * 1_000) ** 2).sum(axis=-1)
        row, column = np.unravel_index(errors.argmin(), errors.shape)
        middle, reach = (gx[row, column], gy[row, column]), reach / 8
    return middle


def by_radius(browser, session, world):
    """Bisection of the radius at which an offer appears, from every village."""
    told = {}
    places = anchors(session)
    for secret in world.secrets:
        lines = []
        for anchor in places[::2]:
            low, high = 0, 100
            while high - low > 1:
                middle = (low + high) // 2
                shown = cards(browser, f"/search?place={anchor.public_id}&radius={middle}")
                low, high = (low, middle) if str(secret.offer) in shown else (middle, high)
            lines.append((anchor.x, anchor.y, high))
        told[str(secret.offer)] = best_fit(lines)
    return told


def by_frame(browser, session, world):
    """Bisection of the western and the southern edge of the map's frame, down to its three decimals.

    Edges are kept short: a long one is a straight line in storage and bends away from its meridian or parallel.
    """
    guesses = {}
    for secret in world.secrets:
        offer = str(secret.offer)

        def is_found(*box, offer=offer):
            edges = ",".join(f"{degrees:.3f}" for degrees in box)
            return offer in cards(browser, f"/search?kind=farm&kind=land&box={edges}")

        west = bisect(lambda edge: is_found(edge, 52.5, 12.6, 53.6), 10.5, 12.5)
        south = bisect(lambda edge, west=west: is_found(west - 0.05, edge, west + 0.05, 53.6), 52.5, 53.5)
        beside = (south - 0.02, south + 0.02)
        west = bisect(
            lambda edge, beside=beside: is_found(edge, beside[0], edge + 0.1, beside[1]), west - 0.02, west + 0.02
        )
        half = STEP_DEGREES / 2
        guesses[offer] = _transformer(LONLAT, STORAGE).transform(west + half, south + half)
    return guesses


def bisect(is_found, low, high):
    """The greatest edge, in steps of three decimals, at which it is still found."""
    low, high = round(low * 1_000), round(high * 1_000)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_found(middle / 1_000) else (low, middle)
    return low / 1_000


def by_order(browser, session, world, decoys):
    """Only the order of the list, nearest first: before or after one's own offers, from every village."""
    rules = {str(secret.offer): [] for secret in world.secrets}
    for anchor in anchors(session):
        order = list(cards(browser, f"/search?place={anchor.public_id}&radius=100&sort=nearest"))
        for offer, lines in rules.items():
            for decoy, (x, y) in decoys.items():
                if offer in order and decoy in order:
                    is_before = order.index(offer) < order.index(decoy)
                    lines.append((anchor.x, anchor.y, x, y, NEARER if is_before else FARTHER))
    return {offer: room_left(lines) for offer, lines in rules.items()}


def by_score(app_browser, session, world, decoys):
    """Only the figure of a match, with a search that asks for nothing but nearness, moved from village to village."""
    rules = {str(secret.offer): [] for secret in world.secrets}
    profile = a_profile(session, world.accounts["attacker"])
    for wish_km in WISHES_KM:
        wishes = {"distance": ("very", {"wish_km": wish_km})}
        search = a_published_search(session, profile, kinds=["farm", "land"], radius_km=100, wishes=wishes)
        for anchor in anchors(session):
            place = text("SELECT id FROM place WHERE public_id = :id")
            search.place_id = session.scalar(place, {"id": anchor.public_id})
            session.flush()
            search_publication.refresh(session, search)
            session.commit()
            figures = {}
            for page in (1, 2):
                figures |= figures_of(app_browser, f"/matches?search_id={search.public_id}&page={page}")
            for offer, lines in rules.items():
                for decoy, (x, y) in decoys.items():
                    says = compared(figures.get(offer), figures.get(decoy))
                    if says is not None:
                        lines.append((anchor.x, anchor.y, x, y, says))
    return {offer: room_left(lines) for offer, lines in rules.items()}


def compared(figure, decoys_figure):
    """What two figures say of two distances; all that are within the wish have 100, and the far ones 0."""
    if figure is None or decoys_figure is None:
        return None
    if figure == decoys_figure:
        return EQUAL if 0 < figure < 100 else None
    return NEARER if figure > decoys_figure else FARTHER


def figures_of(browser, address):
    """The figure of each match on the page."""
    shown = browser.get(address, headers=GERMAN).text
    return {m[1]: int(re.search(r'class="knot num">(\d+)<', m[0])[1]) for m in MATCH.finditer(shown)}


def room_left(lines):
    """The middle of all points that agree with every comparison; None if they lie too far apart to say anything."""
    if not lines:
        return None
    px, py, dx, dy, said = (np.array(column) for column in zip(*lines, strict=True))
    own = np.ceil(np.hypot(px - dx, py - dy) / 1_000)
    gx, gy = np.meshgrid(np.arange(610_000, 720_000, 250.0), np.arange(5_830_000, 5_905_000, 250.0))
    fits = np.ones(gx.shape, dtype=bool)
    for x, y, km, says in zip(px, py, own, said, strict=True):
        away = np.ceil(np.hypot(gx - x, gy - y) / 1_000)
        match says:
            case -1:
                fits &= away <= km
            case 1:
                fits &= away >= km
            case _:
                fits &= np.abs(away - km) <= 1
    if not fits.any():
        return None
    x, y = gx[fits], gy[fits]
    middle = (x.mean(), y.mean())
    return None if np.hypot(x - middle[0], y - middle[1]).max() > TOO_WIDE_M else middle
