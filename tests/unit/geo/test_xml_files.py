from datetime import date

import pytest

from succession.geo.formats.limits import Limits
from tests.factories.geo import (
    EAST,
    NAMES,
    NAS_PERSON,
    NORTH,
    field,
    fields,
    kml,
    kml_placemark,
    lonlat_fields,
    moved,
    nas,
    nas_edges,
    nas_parcel,
    nas_soil,
    nas_surface,
    ring_text,
    write_gml,
    write_gml2,
    write_zip,
)

DOCTYPES = [
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">',
    "<!DOCTYPE kml>",
]
KEY = "031234___00012______"


def save(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def gml_of(inner, head=""):
    return f"""<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs"
    xmlns:gml="http://www.opengis.net/gml/3.2">{head}<gml:featureMember><Feld><geom>{inner}</geom></Feld>
    </gml:featureMember></wfs:FeatureCollection>"""


def simple_kml():
    return kml(("2024", [kml_placemark(one, name) for one, name in zip(lonlat_fields(), NAMES, strict=True)]))


def simple_nas(*more):
    return nas(nas_parcel(KEY, nas_surface(*nas_edges(field()))), *more)


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("make", [simple_kml, simple_nas, lambda: gml_of("")])
def test_a_document_that_declares_entities_is_refused_unread(import_file, tmp_path, doctype, make):
    text = make().replace("?>", "?>" + doctype, 1)
    assert import_file(save(tmp_path / "a.xml", text)).refused == "xml-entities"


def test_entities_are_found_in_every_encoding(import_file, tmp_path):
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE kml [<!ENTITY x "y">]><kml/>'
    (tmp_path / "a.kml").write_bytes(text.encode("utf-16"))
    assert import_file(tmp_path / "a.kml").refused == "xml-entities"


def test_entities_in_an_archive_are_found(import_file, tmp_path):
    inner = simple_kml().replace("?>", "?>" + DOCTYPES[0], 1).encode()
    assert import_file(write_zip(tmp_path / "a.kmz", {"doc.kml": inner})).refused == "xml-entities"


@pytest.mark.parametrize("make", [simple_kml, simple_nas])
def test_a_document_cut_off_anywhere_is_refused(import_file, tmp_path, make):
    whole = make()
    for end in range(60, len(whole) - 3, 149):
        assert import_file(save(tmp_path / "a.xml", whole[:end])).refused in {"xml-broken", "unknown-format"}


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("<html><body/></html>", "unknown-format"),
        ("<osm/>", "unknown-format"),
        ("<ServiceExceptionReport/>", "service-error"),
        ("<", "xml-broken"),
        ("<?xml version='1.0' encoding='klingon'?><kml/>", "xml-broken"),
        ("<kml xmlns='http://www.opengis.net/kml/2.2'/>", "no-rows"),
        ("<FeatureCollection xmlns:gml='http://www.opengis.net/gml'/>", "no-rows"),
    ],
)
def test_other_documents_are_refused(import_file, tmp_path, text, refused):
    assert import_file(save(tmp_path / "a.xml", text)).refused == refused


@pytest.mark.parametrize(
    ("srs", "epsg", "swapped"),
    [
        ("urn:ogc:def:crs:EPSG::25832", 25832, False),
        ("EPSG:25833", 25833, False),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", 4326, False),
        ("EPSG:4326", 4326, False),
        ("urn:ogc:def:crs:EPSG::4326", 4326, True),
        ("urn:ogc:def:crs:EPSG:9.8:3035", 3035, True),
        ("http://www.opengis.net/def/crs/EPSG/0/4258", 4258, True),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326, False),
        ("urn:adv:crs:ETRS89_UTM33", 25833, False),
    ],
)
def test_the_name_of_the_system_tells_the_order_of_axes(import_file, tmp_path, srs, epsg, swapped):
    polygons = [moved(one, epsg) for one in fields()]
    outcome = import_file(write_gml(tmp_path / "a.gml", polygons, srs=srs, swapped=swapped))
    assert outcome.names == list(NAMES)
    assert outcome.refusals == [[]] * 4
    assert outcome.rows[0].geometry.hausdorff_distance(field()) < 0.01


def test_gml_2_takes_the_system_from_its_box(import_file, tmp_path):
    outcome = import_file(write_gml2(tmp_path / "a.gml", fields(), srs="EPSG:25832"))
    assert outcome.names == list(NAMES)
    assert outcome.refusals == [[]] * 4


def test_gml_without_a_system_is_refused_with_the_guess(import_file, tmp_path):
    assert import_file(write_gml2(tmp_path / "a.gml", fields(), srs="")).refused == "crs-missing"


def test_pieces_of_one_surface_are_joined(import_file, tmp_path):
    patches = "".join(
        f"""<gml:PolygonPatch><gml:exterior><gml:LinearRing><gml:posList>{
            ring_text(field(side=100)) if not east else ring_text(moved_east(field()))
        }</gml:posList></gml:LinearRing></gml:exterior></gml:PolygonPatch>"""
        for east in (False, True)
    )
    surface = f'<gml:Surface srsName="EPSG:25832"><gml:patches>{patches}</gml:patches></gml:Surface>'
    outcome = import_file(save(tmp_path / "a.gml", gml_of(surface)))
    assert len(outcome.rows[0].geometry.geoms) == 1
    assert outcome.rows[0].geometry.area == pytest.approx(20_000)


def moved_east(polygon):
    return polygon.__class__([(x + 100, y) for x, y in polygon.exterior.coords])


@pytest.mark.parametrize(
    "inner",
    [
        "Polygon><gml:exterior><gml:LinearRing><gml:posList>a b</gml:posList></gml:LinearRing></gml:exterior>",
        "Polygon><gml:exterior xlink:href='#x' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
        "Surface><gml:patches><gml:Cone/></gml:patches>",
        "MultiSurface><gml:surfaceMember/>",
    ],
)
def test_a_geometry_that_cannot_be_read_is_refused_by_row(import_file, tmp_path, inner):
    name = inner.partition(">")[0]
    opened = inner.replace(">", " srsName='EPSG:25832'>", 1)
    geometry = f"<gml:{opened}</gml:{name}>"
    assert import_file(save(tmp_path / "a.gml", gml_of(geometry))).refusals == [["geometry-unreadable"]]


def test_a_row_in_another_system_is_refused(import_file, tmp_path):
    text = write_gml(tmp_path / "a.gml", fields(), srs="EPSG:25832").read_text(encoding="utf-8")
    outcome = import_file(save(tmp_path / "a.gml", text[::-1].replace("23852", "33852", 1)[::-1]))
    assert outcome.refusals == [[], [], [], ["crs-differs"]]


def test_points_only_are_no_areas(import_file, tmp_path):
    point = '<gml:Point srsName="EPSG:25832"><gml:pos>1 2</gml:pos></gml:Point>'
    assert import_file(save(tmp_path / "a.gml", gml_of(point))).refused == "no-usable-geometry"


def test_kml_is_read_and_packed_kml_too(import_file, tmp_path):
    outcome = import_file(save(tmp_path / "a.kml", simple_kml()))
    assert outcome.names == list(NAMES)
    assert outcome.rows[0].values["groesse"] == "1,5"
    assert outcome.source.layer == "2024"
    packed = import_file(write_zip(tmp_path / "a.kmz", {"doc.kml": simple_kml().encode(), "bild.png": b"x"}))
    assert packed.names == list(NAMES)


def test_the_folder_with_most_areas_is_taken(import_file, tmp_path):
    first, *rest = [kml_placemark(one, "x") for one in lonlat_fields()]
    path = save(tmp_path / "a.kml", kml(("eins", [first]), ("drei", rest)))
    outcome = import_file(path)
    assert (len(outcome.rows), outcome.source.layer, outcome.notes) == (3, "drei", ["layer-chosen"])
    assert len(import_file(path, layer="eins").rows) == 1
    assert import_file(path, layer="vier").refused == "unknown-layer"


def test_kml_that_cannot_be_read_is_refused_by_row(import_file, tmp_path):
    good = kml_placemark(lonlat_fields()[0], "gut")
    bad = good.replace("<coordinates>", "<coordinates>x,y ")
    outcome = import_file(save(tmp_path / "a.kml", kml(("a", [good, bad, "<Placemark/>"]))))
    assert outcome.refusals == [[], ["geometry-unreadable"], ["null-geometry"]]


def test_nas_gives_parcels_with_key_number_and_official_area(import_file, tmp_path):
    outcome = import_file(save(tmp_path / "a.xml", simple_nas(NAS_PERSON)))
    assert outcome.rows[0].values == {
        "flurstueckskennzeichen": KEY,
        "land": "03",
        "gemarkungsnummer": "1234",
        "flurnummer": None,
        "zaehler": "12",
        "nenner": "3",
        "amtlicheFlaeche": 10_000.0,
        "zeitpunktDerEntstehung": None,
        "soil_points": None,
    }
    assert outcome.rows[0].geometry.equals(outcome.rows[0].geometry.__class__([field()]))
    assert outcome.notes == ["personal-data-not-read"]


def test_people_are_never_handed_on(import_file, tmp_path):
    outcome = import_file(save(tmp_path / "a.xml", simple_nas(NAS_PERSON)))
    assert "Geheim" not in repr(outcome.rows)
    assert len(outcome.rows) == 1


def test_a_day_of_origin_is_a_date(import_file, tmp_path):
    text = simple_nas().replace("1600-01-01", "1998-05-04")
    assert import_file(save(tmp_path / "a.xml", text)).rows[0].values["zeitpunktDerEntstehung"] == date(1998, 5, 4)


def test_soil_points_are_weighted_by_the_area_shared(import_file, tmp_path):
    def soil(west, east, points):
        polygon = field().__class__(
            [(EAST + west, NORTH), (EAST + east, NORTH), (EAST + east, NORTH + 100), (EAST + west, NORTH + 100)]
        )
        return nas_soil(nas_surface(*nas_edges(polygon)), points)

    text = simple_nas(soil(-50, 25, "40"), soil(25, 75, "60"), soil(75, 100, ""), soil(100, 200, "99"))
    outcome = import_file(save(tmp_path / "a.xml", text))
    assert outcome.rows[0].values["soil_points"] == pytest.approx((25 * 40 + 50 * 60) / 75, abs=0.05)


def test_a_round_corner_is_cut_into_short_lines(import_file, tmp_path):
    x, y = EAST, NORTH
    edges = [
        f"<gml:LineStringSegment><gml:posList>{x} {y} {x + 100} {y}</gml:posList></gml:LineStringSegment>",
        f'<gml:Arc numArc="1"><gml:posList>{x + 100} {y} {x + 50} {y + 50} {x} {y}</gml:posList></gml:Arc>',
    ]
    outcome = import_file(save(tmp_path / "a.xml", nas(nas_parcel(KEY, nas_surface(*edges)))))
    assert outcome.findings == [["curve-linearised"]]
    assert outcome.rows[0].geometry.area == pytest.approx(3.14159 * 2500 / 2, rel=5e-3)


def test_a_delivery_without_parcels_says_so(import_file, tmp_path):
    assert import_file(save(tmp_path / "a.xml", nas(NAS_PERSON))).refused == "no-rows"
    assert import_file(save(tmp_path / "a.xml", simple_nas()), layer="AX_Person").refused == "unknown-layer"


def test_updates_of_the_survey_offices_are_read(import_file, tmp_path):
    text = simple_nas().replace("gml:featureMember", "wfs:Insert")
    assert len(import_file(save(tmp_path / "a.xml", text)).rows) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_documents_in_every_encoding_are_read(import_file, tmp_path, encoding):
    (tmp_path / "a.kml").write_bytes(simple_kml().replace("UTF-8", encoding).encode(encoding))
    assert import_file(tmp_path / "a.kml").names == list(NAMES)


@pytest.mark.parametrize(
    "make",
    [lambda p: kml(("a", [kml_placemark(p, "x")])), lambda p: nas(nas_parcel(KEY, nas_surface(*nas_edges(p)[:1])))],
)
def test_a_ring_of_too_few_points_is_named_so(import_file, tmp_path, make):
    text = make(field())
    if "<kml" in text:
        text = text.replace(" ".join(f"{x},{y},0" for x, y in field().exterior.coords), "11,53 11.1,53")
    assert import_file(save(tmp_path / "a.xml", text)).refusals == [["too-few-points"]]


def test_too_much_soil_is_left_out_and_said(import_file, tmp_path):
    soil = nas_soil(nas_surface(*nas_edges(field())), "40")
    outcome = import_file(save(tmp_path / "a.xml", simple_nas(soil, soil)), limits=Limits(soil_areas=1))
    assert "soil-left-out" in outcome.notes
    assert outcome.rows[0].values["soil_points"] is None
