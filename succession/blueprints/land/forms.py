"""The forms on which land comes in."""

from uuid import UUID, uuid4

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField

from succession.geo.formats.fields import FIELDS
from succession.i18n import Text
from succession.land.owner import Owner
from succession.land.report import Report, guessed_crs
from succession.land.requests import Provenance
from succession.land.steps import Choices
from succession.web.errors import say
from succession.web.fields import ChoiceField, DayField, Form, RadiosField, TextField, TickField, UploadField

MYSELF = "me"
ACCEPTED = ".gpkg,.zip,.shp,.geojson,.json,.gml,.xml,.gz,.kml,.fgb,.parquet,.csv,.txt"
USUAL_CRS = (
    ("EPSG:25832", Text("EPSG:25832 (UTM zone 32: Lower Saxony, Saxony-Anhalt)")),
    ("EPSG:25833", Text("EPSG:25833 (UTM zone 33: Brandenburg, Mecklenburg)")),
    ("EPSG:4326", Text("EPSG:4326 (longitude and latitude, as GPS gives them)")),
    ("EPSG:31468", Text("EPSG:31468 (Gauss-Krüger zone 4, before 2016)")),
    ("EPSG:31467", Text("EPSG:31467 (Gauss-Krüger zone 3, before 2016)")),
    ("EPSG:3857", Text("EPSG:3857 (web maps)")),
    ("EPSG:3035", Text("EPSG:3035 (European grid)")),
)
FIELD_LABELS = {
    "parcel_key": Text("Parcel key (20 characters)"),
    "reference": Text("FLIK or another number"),
    "name": Text("Name of the parcel"),
    "official_area_m2": Text("Official area"),
    "land_use": Text("Land use"),
    "crop_code": Text("Code of the crop"),
    "crop_name": Text("Crop"),
    "soil_points": Text("Soil points"),
}


class UploadForm(Form):
    """Whose land it is, the file, and where it comes from."""

    offers_office = False
    key = HiddenField()
    owner = RadiosField(lazy_gettext("Whose land is it?"))
    file = UploadField(
        lazy_gettext("The file"),
        hint=lazy_gettext(
            "GeoPackage, zipped Shapefile, GeoJSON, GML, KML, FlatGeobuf, GeoParquet, CSV with outlines, ALKIS (NAS)."
        ),
        render_kw={"accept": ACCEPTED},
    )
    source = TextField(
        lazy_gettext("Where is it from?"), hint=lazy_gettext("For example: land registry"), optional=True
    )
    source_on = DayField(lazy_gettext("Which day is the data from?"), optional=True)
    licence = TextField(
        lazy_gettext("Licence"), hint=lazy_gettext("For example: dl-de/by-2-0"), optional=True, longest=120
    )
    attribution = TextField(
        lazy_gettext("Who has to be named?"),
        hint=lazy_gettext("It appears under every map of this land."),
        optional=True,
    )

    def offer(self, owners: list[Owner]) -> None:
        """The owners to choose among; a single one is chosen already."""
        self.offers_office = any(owner.is_office for owner in owners)
        self.owner.choices = [(_word(owner), _label(owner)) for owner in owners]
        if self.owner.data is None and owners:
            self.owner.data = _word(owners[0])
        self.key.data = self.key.data or str(uuid4())

    def chosen_owner(self, owners: list[Owner]) -> Owner:
        """The owner that was ticked; the form has checked that it is one of these."""
        return next(owner for owner in owners if _word(owner) == self.owner.data)

    def idempotency_key(self) -> UUID:
        """The key under which this form is taken once; nonsense is a form of its own."""
        try:
            return UUID(self.key.data or "")
        except ValueError:
            return uuid4()

    def provenance(self) -> Provenance:
        """Where the file comes from."""
        return Provenance(
            self.source.data or "", self.source_on.data, self.licence.data or "", self.attribution.data or ""
        )


class ChoicesForm(Form):
    """How the file is to be read."""

    layer = ChoiceField(lazy_gettext("Layer"), optional=True)
    crs = ChoiceField(
        lazy_gettext("Coordinate system"),
        optional=True,
        hint=lazy_gettext("If you do not know it: ask who made the file."),
    )
    allow_outside_region = TickField(lazy_gettext("Also take land outside the region"))
    owner_column = ChoiceField(
        lazy_gettext("Which column names the owner?"),
        optional=True,
        hint=lazy_gettext("The names must be written as they are written here."),
    )
    parcel_key = ChoiceField(FIELD_LABELS["parcel_key"], optional=True)
    reference = ChoiceField(FIELD_LABELS["reference"], optional=True)
    name = ChoiceField(FIELD_LABELS["name"], optional=True)
    official_area_m2 = ChoiceField(FIELD_LABELS["official_area_m2"], optional=True)
    land_use = ChoiceField(FIELD_LABELS["land_use"], optional=True)
    crop_code = ChoiceField(FIELD_LABELS["crop_code"], optional=True)
    crop_name = ChoiceField(FIELD_LABELS["crop_name"], optional=True)
    soil_points = ChoiceField(FIELD_LABELS["soil_points"], optional=True)

    def offer(self, report: Report, current: Choices) -> None:
        """What this file leaves to choose; before anything was sent, as it was read last, or as a refusal guesses."""
        as_it_says = ("", gettext("as the file says"))
        self.layer.choices = [as_it_says, *((name, name) for name in _with(report.layers, current.layer))]
        usual = [(code, say(label)) for code, label in USUAL_CRS]
        known = {code for code, _ in usual}
        guess = guessed_crs(report)
        extra = [(code, code) for code in (guess, current.crs) if code and code not in known]
        self.crs.choices = [as_it_says, *usual, *extra]
        by_name = ("", gettext("the column that is called so"))
        self.owner_column.choices = [by_name, *((column, column) for column in report.present_columns)]
        nothing = ("", gettext("not in the file"))
        for name in FIELDS:
            self[name].choices = [nothing, *((column, column) for column in report.present_columns)]
        if not self.is_submitted():
            self.layer.data, self.crs.data = current.layer or "", current.crs or guess or ""
            self.owner_column.data = current.owner_column or ""
            self.allow_outside_region.data = current.allow_outside_region
            for name in FIELDS:
                self[name].data = (report.columns or {}).get(name, "")

    @property
    def columns(self) -> list[ChoiceField]:
        """The fields that a column can fill."""
        return [self[name] for name in FIELDS]

    def choices(self, report: Report) -> Choices:
        """What was chosen; the columns only if the file has any to choose."""
        columns = {name: self[name].data or "" for name in FIELDS} if report.present_columns else {}
        return Choices(
            self.layer.data or None,
            self.crs.data or None,
            columns,
            bool(self.allow_outside_region.data),
            self.owner_column.data or None,
        )


def _label(owner: Owner) -> str:
    """How an owner is called in the form."""
    if owner.is_office:
        return str(
            gettext("Several owners that “%(office)s” manages: a column of the file names them", office=owner.name)
        )
    return owner.name or gettext("Myself")


def _word(owner: Owner) -> str:
    """What stands in the form for an owner."""
    return MYSELF if owner.public_id is None else str(owner.public_id)


def _with(names: tuple[str, ...], chosen: str | None) -> list[str]:
    return [*names, *([chosen] if chosen and chosen not in names else [])]
