"""Every address that says something about offers, kept next to the code: a new page that does belongs into this list.

`{farm}` and the like are filled in by `addresses()`. The twin test asks all of them as visitor, seeker and foreign
transferor.
"""

from sqlalchemy import text

from succession.demo.identity import demo_id

PLACES = ("Gartow", "Lüchow", "Lenzen", "Wittenberge")
BOXES = ("11.3,52.95,11.6,53.1", "10.9,52.8,11.4,53.2", "11.45,53.02,11.47,53.03", "8,50,14,55")

FIXED = (
    "/",
    "/?farm=yes",
    "/?farm=yes&dwelling=yes&lease=yes",
    "/hand-over",
    "/how-it-works",
    "/sources",
    "/privacy",
    "/matching/how-it-is-computed",
    "/map/places.json",
    "/map/river.json",
    *(f"/map/areas-{level}.json" for level in range(1, 8)),
    "/search",
    "/search?page=2",
    "/search?kind=farm",
    "/search?kind=land&organic=yes",
    "/search?takeover=lease",
    "/search?dwelling=yes",
    "/search?area_from=5&area_to=20",
    "/search?text=hof",
    "/search?where=Gartow",
    "/search?where=gart",
    *(f"/search?box={box}" for box in BOXES),
    "/matches",
    "/my-searches",
    "/my-profile",
    "/my-offers",
    "/land",
    "/land/map.json",
    "/calls",
    "/calls?when=coming",
    "/calls?when=past&kind=lease",
    "/calls.atom",
    *(f"/calls/{demo_id('call', key)}" for key in ("open", "coming", "past")),
    f"/calls/{demo_id('call', 'open')}/map.json",
    "/my-calls",
    "/leases",
    "/leases/calendar",
)

AROUND_A_PLACE = (
    "/search?place={place}&radius=5&sort=nearest",
    "/search?place={place}&radius=15",
    "/search?place={place}&radius=40&sort=nearest&kind=farm",
    "/search?place={place}&radius=100&sort=nearest",
)
OF_AN_OFFER = (
    "/offers/{offer}",
    "/offers/{offer}/outline.json",
    "/matches/{offer}",
    "/my-offers/{offer}",
    "/my-offers/{offer}/preview",
    "/my-offers/{offer}/how-exactly",
    "/my-offers/{offer}/candidates",
)
OF_A_SEARCH = ("/matches?search_id={search}", "/my-searches/{search}")
OF_AN_AREA = ("/search?area={area}",)
FEWER = {"/my-offers/{offer}/how-exactly", "/my-offers/{offer}", "/my-offers/{offer}/preview"}
"""Asked for two offers only: the page of a foreign offer is not there, whatever it is about."""


def addresses(session, world):
    """All addresses for this world, in a fixed order."""
    named = text("SELECT name, public_id FROM place WHERE name = ANY(:names) ORDER BY population")
    places = {row.name: row.public_id for row in session.execute(named, {"names": list(PLACES)})}
    areas = session.scalars(text("SELECT public_id FROM place_area WHERE level IN (4, 6) ORDER BY code")).all()
    found = list(FIXED)
    found += [path.format(place=places[name]) for name in PLACES for path in AROUND_A_PLACE]
    for number, offer in enumerate(world.offers.values()):
        found += [path.format(offer=offer) for path in OF_AN_OFFER if number < 2 or path not in FEWER]
    found += [path.format(search=search) for search in world.searches for path in OF_A_SEARCH]
    found += [path.format(area=area) for area in areas[:6] for path in OF_AN_AREA]
    return found
