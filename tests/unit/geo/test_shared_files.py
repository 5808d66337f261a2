import pytest

from succession.geo.intake import Rules
from tests.factories.geo import SHARED

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared sample data are not here")

PRIGNITZ = SHARED / "derived-de_bb"
GOOD = {
    "bb_nw.kml": ("KML", None),
    "bb_nw_25832.gml": ("GML", None),
    "bb_nw_25832.gpkg": ("GeoPackage", None),
    "bb_nw_25833.fgb": ("FlatGeobuf", None),
    "bb_nw_25833.parquet": ("GeoParquet", None),
    "bb_nw_25833_semikolon_dezimalkomma_cp1252.csv": ("CSV", "EPSG:25833"),
    "bb_nw_31468_latin1.zip": ("Shapefile", None),
    "bb_nw_3857_multilayer.gpkg": ("GeoPackage", None),
    "bb_nw_4326.geojson": ("GeoJSON", None),
}
BAD = {
    "bb_nw_no_prj.zip": ("crs-missing", "EPSG:25833"),
    "bb_nw_no_prj_no_cpg.zip": ("crs-missing", "EPSG:25833"),
    "bb_nw_wrong_prj_says25832_is25833.zip": ("outside-region", "EPSG:25833"),
    "bb_nw_4326_swapped_axes.geojson": ("axes-swapped", "EPSG:4326"),
    "bb_nw_25833_coords_in_geojson_without_crs.geojson": ("metres-not-degrees", "EPSG:25833"),
}


def area_ha(outcome):
    return sum(row.area_m2 for row in outcome.rows if row.geometry is not None) / 10_000


@pytest.mark.parametrize("name", GOOD)
def test_the_same_28_fields_come_out_of_every_format(import_file, name):
    kind, crs = GOOD[name]
    outcome = import_file(PRIGNITZ / name, crs=crs)
    assert outcome.source.format == kind
    assert outcome.refusals == [[]] * 28
    assert sum("sliver" in findings for findings in outcome.findings) == 5
    assert area_ha(outcome) == pytest.approx(109.575, abs=0.001)
    crops = [row.values.get("code_bez", row.values.get("kultur")) for row in outcome.rows]
    assert "ÖR 1a ohne Produktion (Selbst-/Begrünung)" in crops
    assert sum(crop is None for crop in crops) == 7
    whole = import_file(PRIGNITZ / "bb_nw_25832.gpkg").rows
    worst = max(min(row.geometry.hausdorff_distance(other.geometry) for other in whole) for row in outcome.rows)
    assert worst < 0.01


@pytest.mark.parametrize("name", BAD)
def test_the_five_bad_files_are_refused_with_the_right_guess(import_file, name):
    code, guess = BAD[name]
    outcome = import_file(PRIGNITZ / name)
    if outcome.refused:
        assert (outcome.refused, outcome.rows) == (code, [])
        text = outcome.error.text
    else:
        assert outcome.refusals == [[code]] * 28
        text = outcome.rows[0].refusals[0].text
    assert text.values["second"].values["guess"] == guess


def test_the_islands_come_out_of_alkis_with_their_soil(import_file):
    path = SHARED / "alkis-neuwerk" / "ALKIS_NeuwScharh_0003.xml.gz"
    outcome = import_file(path, Rules(allow_outside_region=True))
    assert len(outcome.rows) == 137
    assert outcome.refusals == [[]] * 137
    assert area_ha(outcome) == pytest.approx(250.64, abs=0.01)
    assert sum(row.values["amtlicheFlaeche"] for row in outcome.rows) / 10_000 == pytest.approx(250.65, abs=0.005)
    rated = [row.values["soil_points"] for row in outcome.rows if row.values["soil_points"] is not None]
    assert len(rated) == 30
    assert all(15 <= points <= 52 for points in rated)
    assert outcome.notes == ["personal-data-not-read"]
    assert all("outside-region" in findings for findings in outcome.findings)


@pytest.mark.parametrize(
    ("name", "kind", "layer", "rows"),
    [
        ("at/inspire_schlaege_2025-1_polygon.gpkg.zip", "GeoPackage", "INSPIRE_SCHLAEGE_2025-1_POLYGON", 100),
        ("be_wal/LU_ExistingLandUse_SIGEC2022.gml.zip", "GML", "ExistingLandUseObject", 10),
        ("bg/bg_arable_land_2024.zip", "Shapefile", "Arable_Land_2024", 100),
        ("de_bb/antrag.zip", "Shapefile", "antrag_land_gem", 100),
        ("it_1/iti1_2023.parquet", "GeoParquet", None, 100),
        ("pt/Continente.gpkg", "GeoPackage", "Culturas_Aveiro", 100),
        (
            "us_ca_scm/i15_crop_mapping_2023_provisional_20241127.gdb.zip",
            "FileGDB",
            "i15_Crop_Mapping_2023_Provisional",
            100,
        ),
    ],
)
def test_official_files_of_many_countries_are_read_and_lie_outside(import_file, name, kind, layer, rows):
    path = SHARED / "fiboa-cli" / name
    outcome = import_file(path, Rules(allow_outside_region=True))
    assert (outcome.source.format, outcome.source.layer) == (kind, layer)
    assert outcome.refusals == [[]] * rows
    outside = sum("outside-region" in findings for findings in outcome.findings)
    assert outside == (64 if "de_bb" in name else rows)


def test_computed_and_stated_areas_of_brandenburg_agree(import_file):
    outcome = import_file(SHARED / "fiboa-cli" / "de_bb" / "antrag.zip", Rules(allow_outside_region=True))
    assert max(abs(row.area_m2 / 10_000 - row.values["groesse"]) for row in outcome.rows) < 0.03


@pytest.mark.parametrize(
    ("name", "outcome_of"),
    [
        ("active_floodplain_elbe", 1),
        ("doc_csa_lenzen", 80),
        ("doc_mask_lenzen_floodplain", 1),
        ("tiles_elbe", 49),
        ("doc_axis_lenzen", "no-usable-geometry"),
        ("doc_kilometer_lenzen", "no-usable-geometry"),
    ],
)
def test_bare_shapefiles_of_the_floodplain(import_file, name, outcome_of):
    outcome = import_file(SHARED / "hydflood-elbe" / f"{name}.shp", Rules(allow_outside_region=True))
    assert outcome_of == (outcome.refused or len(outcome.rows))
    assert all(not refusals for refusals in outcome.refusals)


def test_boundaries_are_read_and_the_largest_are_too_detailed(import_file):
    states = import_file(SHARED / "admin-bkg" / "federal_states_germany.gpkg", Rules(region=None))
    assert sum(refusals == ["too-many-vertices"] for refusals in states.refusals) == 5
    plenty = import_file(
        SHARED / "admin-bkg" / "federal_states_germany.gpkg", Rules(region=None, most_vertices=100_000)
    )
    assert "self-intersection-repaired" in plenty.findings[8]
    districts = import_file(SHARED / "admin-bkg" / "landkreise_sim200.geojson", Rules(region=None))
    assert districts.refusals == [[]] * 431


@pytest.mark.parametrize(
    "name", ["gazetteer/geonames_de_cities500.csv", "osm-graphhopper/bautzen.osm", "osm-graphhopper/andorra.osm.pbf"]
)
def test_other_data_are_refused(import_file, name):
    assert import_file(SHARED / name).refused in {"csv-no-geometry", "unknown-format"}
