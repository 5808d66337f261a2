"""Which column of a file is which fact of a parcel, and how its values are read. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from succession.geo.findings import FileRefused, Finding
from succession.geo.formats.source import FieldValue
from succession.i18n import Text

Columns = dict[str, str]
ParcelValue = str | Decimal | None
Facts = dict[str, ParcelValue]

# The first name that a file has wins. Written as `_plain` leaves them: lower case, no umlauts, letters and digits only.
NAMES: dict[str, tuple[str, ...]] = {
    "parcel_key": (
        "flurstueckskennzeichen", "flurstuecskennzeichen", "flstkennz", "flstkz", "fskennz", "fskz", "flurstkennz",
        "parcelkey", "flskennz", "idflurst", "flstid", "nationalcadastralreference",
    ),
    "reference": (
        "flik", "refident", "flikid", "fliknr", "flek", "feldblockident", "feldblockid", "feldblock", "fbid", "fbident",
        "fbi", "flident",
        "referenz", "reference", "inspireid", "localid", "parcelid",
    ),
    "name": (
        "schlagname", "schlagbez", "schlagbezeichnung", "name", "bezeichnung", "lagebezeichnung", "lagebez", "lage",
    ),
    "official_area_m2": (
        "amtlicheflaeche", "amtlflaeche", "amtflaeche", "aflaeche", "buchflaeche", "officialaream2", "officialarea",
        "groesse", "groesseha", "groessem2", "groesseqm", "flaecheha", "flaechem2", "flaecheqm", "nettoflaeche",
        "bruttoflaeche", "slflaechebruttoha", "flaeche", "areaha", "aream2", "offarea", "hektar", "ha",
        "aktuelleflaeche", "aktuellefl", "aktfl", "groessep", "fbflaeche", "flnetto", "flgesamt", "originalarea",
    ),
    "land_use": (
        "landuse", "hbn", "bnk", "kulturart", "hauptbodennutzung", "bodennutzung", "bodennutzungskategorie",
        "nutzungsart", "nutzart", "bodennutzu", "agriculturalareatype", "nutzung", "tatsaechlichenutzung",
    ),
    "crop_code": (
        "cropcode", "kulturcode", "nutzungscode", "nutzcode", "nccode", "nc", "snarcode", "fruchtcode",
        "ncfestg", "kcfestg", "originalcode", "code",
    ),
    "crop_name": (
        "cropname", "codebez", "kulturbez", "kulturbezeichnung", "kultur", "fruchtart", "frucht", "snarbezeichnung",
        "crop", "hauptfrucht", "nutztxt", "kulturartf",
    ),
    "soil_points": (
        "soilpoints", "ackerzahlodergruenlandzahl", "ackerzahl", "gruenlandzahl", "bodenpunkte", "bodenzahl",
        "bodenwertzahl", "bodenzahlodergruenlandgrundzahl", "az", "azgz",
    ),
}  # fmt: skip
FIELDS = tuple(NAMES)
OWNER_NAMES = (
    "eigentuemer", "eigentuemerin", "eigentuemername", "grundeigentuemer", "grundeigentuemerin", "koerperschaft",
    "verpaechter", "verpaechterin", "owner", "ownername", "landowner",
)  # fmt: skip

_LAND_USES = {
    "arable": ("al", "a", "acker", "ackerland", "arable", "arableland", "1000", "ackergruenland", "2000"),
    "grassland": (
        "gl", "gr", "gruenland", "dauergruenland", "dgl", "wiese", "weide", "maehwiese", "hutung", "grassland", "3000",
        "gruenlandacker", "4000",
    ),
    "permanent_crop": (
        "dk", "dauerkultur", "dauerkulturen", "obst", "obstanlage", "wein", "weinbau", "permanentcrop",
        "da", "ob", "wb",
    ),
    "garden": ("garten", "gartenland", "gartenbau", "gemuese", "garden"),
    "forest": ("wald", "forst", "holzung", "gehoelz", "laubwald", "nadelwald", "mischwald", "forest", "wf"),
    "water": ("wasser", "gewaesser", "fliessgewaesser", "stehendesgewaesser", "teich", "see", "water"),
    "other": ("sonstiges", "sonstige", "sonstigeflaeche", "unland", "weg", "other", "so", "s", "nbf", "le", "af"),
}  # fmt: skip
_LAND_USE_OF = {word: use for use, words in _LAND_USES.items() for word in words}

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SHORTENED = 10  # a Shapefile cuts its column names
_KEY = re.compile(r"[0-9A-Z_]{20}")
_KEY_LENGTH = 20
_SHORTEST_KEY = 14  # Land, district, section and number; the rest may be padding that somebody trimmed
_LONGEST = {"reference": 200, "name": 160, "crop_code": 32, "crop_name": 160}
_MOST_SOIL_POINTS = 120
_HECTARE = Decimal(10_000)
_LARGEST_M2 = Decimal(10) ** 11


def mapping(columns: Iterable[str], chosen: Mapping[str, str] | None = None) -> Columns:
    """Which column fills which field: as chosen, else by the usual names. An empty choice leaves a field unfilled."""
    present = list(columns)
    wanted = dict(chosen or {})
    for name in wanted:
        if name not in NAMES:
            raise FileRefused(
                "field-unknown",
                Text(
                    "There is no field “%(field)s”. The fields are: %(fields)s.",
                    {"field": name[:60], "fields": ", ".join(FIELDS)},
                ),
            )
    found = {name: column for name in FIELDS if (column := _by_names(NAMES[name], present)) is not None}
    found.update({name: _by_choice(column, present) for name, column in wanted.items() if column})
    return {name: found[name] for name in FIELDS if name in found and wanted.get(name) != ""}


def owner_column(columns: Iterable[str], chosen: str | None = None) -> str:
    """Which column names the owner of each row: as chosen, else by the usual names."""
    present = list(columns)
    found = _by_choice(chosen, present) if chosen else _by_names(OWNER_NAMES, present)
    if found is None:
        raise FileRefused(
            "owner-column-missing",
            Text(
                "No column of the file names the owners. Its columns are: %(columns)s. "
                "Say which it is with --owner-column, or choose it in the form.",
                {"columns": ", ".join(present[:40]) or "–"},
            ),
        )
    return found


def _by_names(names: tuple[str, ...], columns: list[str]) -> str | None:
    """The column whose name says that it is this."""
    plain: dict[str, str] = {}
    for column in columns:
        plain.setdefault(_plain(column), column)
    for name in names:
        if name in plain:
            return plain[name]
    for name in names:
        for column in columns:
            short = _plain(column)
            if len(column) == _SHORTENED and len(short) >= _SHORTENED - 1 and name.startswith(short):
                return column
    return None


def _by_choice(column: str, columns: list[str]) -> str:
    """The column that a person named, whatever its upper and lower case."""
    if column in columns:
        return column
    for present in columns:
        if present.lower() == column.lower():
            return present
    raise FileRefused(
        "column-unknown",
        Text(
            "The file has no column “%(column)s”. Its columns are: %(columns)s.",
            {"column": column[:60], "columns": ", ".join(columns[:40])},
        ),
    )


def _plain(name: str) -> str:
    """A name reduced to what matters."""
    return re.sub(r"[^a-z0-9]", "", name.lower().translate(_UMLAUTS))


Remarks = list[Finding]


class Reader:
    """Reads the values of one row after another by a fixed mapping."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        self._columns = dict(columns)
        column = self._columns.get("official_area_m2")
        self._is_hectares = None if column is None else _unit(column)

    def read(
        self, values: Mapping[str, FieldValue], area_m2: float
    ) -> tuple[dict[str, ParcelValue], tuple[Finding, ...]]:
        """The facts of one row, and what could not be understood; `area_m2` is the size of its outline."""
        facts: Facts = {}
        remarks: Remarks = []
        for field, column in self._columns.items():
            raw = values.get(column)
            word = _word(raw)
            if word is None:
                facts[field] = None
            elif field == "official_area_m2":
                facts[field] = self._area(word, area_m2, remarks)
            else:
                facts[field] = _READERS[field](field, word, remarks)
        return facts, tuple(remarks)

    def _area(self, word: str, area_m2: float, remarks: Remarks) -> Decimal | None:
        """Square metres; where the column does not say its unit, the outline does."""
        number = _number(word)
        if number is None or not 0 <= number < _LARGEST_M2:
            remarks.append(_not_understood("official-area-not-understood", word))
            return None
        is_hectares = self._is_hectares
        if is_hectares is None:
            is_hectares = _is_near(number * _HECTARE, area_m2) or not _is_near(number, area_m2)
        square_metres = number * _HECTARE if is_hectares else number
        if area_m2 > 0 and not _is_near(square_metres, area_m2) and abs(float(square_metres) - area_m2) > 500:
            remarks.append(
                Finding(
                    "official-area-differs",
                    Text(
                        "The official area is %(official)s m², the outline has %(computed)s m². Please check both.",
                        {"official": float(square_metres), "computed": round(area_m2)},
                    ),
                )
            )
        return min(square_metres, _LARGEST_M2).quantize(Decimal("0.01"))


def _unit(column: str) -> bool | None:
    """Whether a column of areas is in hectares; None if its name leaves that open."""
    plain = _plain(column)
    if plain.endswith("ha") or plain == "hektar":
        return True
    if plain.endswith(("m2", "qm")) or plain.startswith(("amtlichefl", "officialarea")):
        return False
    return None


def _is_near(stated: Decimal, computed: float) -> bool:
    """Whether two areas are of one size, give or take a factor of two."""
    return computed / 2 <= float(stated) <= computed * 2


def _word(raw: FieldValue) -> str | None:
    """A value as trimmed text; empty is nothing."""
    if raw is None:
        return None
    if isinstance(raw, str):
        return raw.replace("\x00", "").strip() or None
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else repr(float(raw))
    return str(raw)


def _number(word: str) -> Decimal | None:
    """A number written the German or the English way."""
    plain = word.replace(" ", "").replace("\u00a0", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _key(_: str, word: str, remarks: Remarks) -> str | None:
    """The 20 characters of the parcel key, padded with underscores as the cadastre does."""
    key = re.sub(r"[\s/.-]", "", word).upper()
    if _SHORTEST_KEY <= len(key) < _KEY_LENGTH:
        key = key.ljust(_KEY_LENGTH, "_")
    if _KEY.fullmatch(key):
        return key
    remarks.append(
        Finding(
            "parcel-key-not-understood",
            Text("“%(word)s” is no parcel key of 20 characters; it was left out.", {"word": word[:60]}),
        )
    )
    return None


def _text(field: str, word: str, remarks: Remarks) -> str:
    """Text, cut to what fits."""
    longest = _LONGEST[field]
    if len(word) > longest:
        remarks.append(
            Finding(
                "text-shortened",
                Text("A text of more than %(longest)s characters was shortened.", {"longest": longest}),
            )
        )
    return word[:longest]


def _land_use(_: str, word: str, remarks: Remarks) -> str | None:
    """One of our kinds of land use, by the usual German and English words and codes."""
    plain = _plain(word)
    use = _LAND_USE_OF.get(plain) or _LAND_USE_OF.get(_plain(re.split(r"[\s,;(]", word, maxsplit=1)[0]))
    if use is None:
        remarks.append(_not_understood("land-use-not-understood", word))
    return use


def _soil_points(_: str, word: str, remarks: Remarks) -> Decimal | None:
    """Points of the soil rating; zero stands for "not rated" in many files."""
    number = _number(word.rpartition("/")[2])
    if number is None or not 0 <= number <= _MOST_SOIL_POINTS:
        remarks.append(_not_understood("soil-points-not-understood", word))
        return None
    return number.quantize(Decimal("0.01")) if number else None


def _not_understood(code: str, word: str) -> Finding:
    return Finding(code, Text("“%(word)s” could not be understood; it was left out.", {"word": word[:60]}))


_READERS: dict[str, Callable[[str, str, Remarks], ParcelValue]] = {
    "parcel_key": _key,
    "reference": _text,
    "name": _text,
    "land_use": _land_use,
    "crop_code": _text,
    "crop_name": _text,
    "soil_points": _soil_points,
}
