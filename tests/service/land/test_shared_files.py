"""The real files beside the checkout, where they are: what the first issue promises of them."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from succession.config import CHECKOUT
from succession.geo.intake import Rules
from succession.i18n import load_translations, render
from succession.land.models import Parcel
from succession.land.report import document
from tests.factories.land import an_owner, imported

SHARED = CHECKOUT.parent / "shared" / "data"
FIELDS = SHARED / "derived-de_bb"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared sample data are not here")

GOOD = (
    ("bb_nw_4326.geojson", None),
    ("bb_nw_25832.gpkg", None),
    ("bb_nw_3857_multilayer.gpkg", None),
    ("bb_nw_25833.fgb", None),
    ("bb_nw_25832.gml", None),
    ("bb_nw_25833.parquet", None),
    ("bb_nw.kml", None),
    ("bb_nw_31468_latin1.zip", None),
    ("bb_nw_25833_semikolon_dezimalkomma_cp1252.csv", "EPSG:25833"),
)
BAD = (
    ("bb_nw_no_prj.zip", "crs-missing", "EPSG:25833"),
    ("bb_nw_no_prj_no_cpg.zip", "crs-missing", "EPSG:25833"),
    ("bb_nw_wrong_prj_says25832_is25833.zip", "outside-region", "EPSG:25833"),
    ("bb_nw_4326_swapped_axes.geojson", "axes-swapped", "EPSG:4326"),
    ("bb_nw_25833_coords_in_geojson_without_crs.geojson", "metres-not-degrees", "EPSG:25833"),
)


@pytest.fixture
def owner(session):
    return an_owner(session)


@pytest.mark.parametrize(("name", "crs"), GOOD)
def test_a_good_file_brings_28_parcels_and_the_next_of_them_none_new(session, owner, name, crs):
    first = imported(session, owner, FIELDS / name, crs=crs)
    assert (first.counts.imported, first.counts.refused) == (28, 0)
    assert first.area_ha == pytest.approx(Decimal("109.58"), abs=Decimal("0.02"))
    other, other_crs = GOOD[(GOOD.index((name, crs)) + 1) % len(GOOD)]
    again = imported(session, owner, FIELDS / other, crs=other_crs).counts
    assert (again.imported, again.updated + again.unchanged) == (0, 28)
    assert session.scalar(select(func.count(Parcel.id))) == 28


@pytest.mark.parametrize(("name", "code", "guess"), BAD)
def test_a_bad_file_is_refused_with_the_right_guess(session, owner, name, code, guess):
    report = imported(session, owner, FIELDS / name)
    told = document(report, lambda text: render(text, load_translations("en"), "en"))
    reasons = [*told["reasons"], *(reason for row in told["rows"] for reason in row["reasons"])]
    assert report.is_refused
    assert code in {reason["code"] for reason in reasons}
    assert any(guess in reason["message"] for reason in reasons)
    assert session.scalar(select(func.count(Parcel.id))) == 0


def test_a_delivery_of_the_cadastre_comes_with_official_areas_and_soil_points(session, owner):
    path = SHARED / "alkis-neuwerk" / "ALKIS_NeuwScharh_0003.xml.gz"
    report = imported(session, owner, path, rules=Rules(allow_outside_region=True))
    assert report.counts.imported == 137
    assert report.area_ha == pytest.approx(Decimal("250.64"), abs=Decimal("0.01"))
    official, rated = session.execute(select(func.sum(Parcel.official_area_m2), func.count(Parcel.soil_points))).one()
    assert official / 10_000 == pytest.approx(Decimal("250.65"), abs=Decimal("0.005"))
    assert rated > 0
    assert imported(session, owner, path, rules=Rules(allow_outside_region=True)).counts.unchanged == 137
