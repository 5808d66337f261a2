"""A small region for tests: a few real villages and towns between Lüchow and Wittenberge, loaded like the gazetteer."""

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.config import Region
from succession.places import service
from succession.places.gazetteer import SOURCE, GazetteerPlace

SMALL_REGION = Region(10.9, 52.8, 11.9, 53.2)

VILLAGES = (
    ("Lüchow", 52.96743, 11.15804, 9678, "06"),
    ("Lüchow", 53.69056, 10.53016, 237, "10"),
    ("Wustrow", 52.9237, 11.12846, 3086, "06"),
    ("Wustrow", 53.2, 12.9, 600, "12"),
    ("Hansestadt Salzwedel", 52.85297, 11.15287, 21058, "14"),
    ("Luftkurort Arendsee", 52.88073, 11.48621, 2962, "14"),
    ("Dannenberg", 53.0967, 11.09001, 8413, "06"),
    ("Hitzacker", 53.15254, 11.04418, 5173, "06"),
    ("Gartow", 53.0247, 11.462, 1389, "06"),
    ("Gorleben", 53.04844, 11.35729, 631, "06"),
    ("Prezelle", 52.96667, 11.4, 508, "06"),
    ("Schnackenburg", 53.03729, 11.56448, 666, "06"),
    ("Trebel", 52.99491, 11.31666, 974, "06"),
    ("Lenzen", 53.09176, 11.47453, 2664, "11"),
    ("Cumlosen", 53.03194, 11.65839, 910, "11"),
    ("Wittenberge", 53.00005, 11.74944, 20171, "11"),
    ("Bad Wilsnack", 52.95649, 11.94852, 2941, "11"),
    ("Damnatz", 53.13647, 11.17687, 345, "06"),
    ("Groß Garz", 52.93334, 11.61021, 851, "14"),
    ("Neubrandenburg", 53.55, 13.26, 63000, "12"),
    ("Mölln", 53.62, 10.69, 18000, "10"),
)


def a_small_region(session: Session) -> None:
    """Places and areas are there and committed."""
    places = [
        GazetteerPlace(SOURCE, str(number), name, latitude, longitude, population, state)
        for number, (name, latitude, longitude, population, state) in enumerate(VILLAGES, start=1)
    ]
    service.load_gazetteer(session, Actor.system(), region=SMALL_REGION, given=places)
    session.commit()
