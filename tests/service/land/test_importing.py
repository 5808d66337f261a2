"""R12: a report for every row, all or nothing, and a repetition changes nothing."""

from decimal import Decimal
from pathlib import Path

import pytest
import shapely
from sqlalchemy import func, select

from succession.accounts.actor import Actor, Role
from succession.errors import Forbidden
from succession.geo.intake import Rules
from succession.land.exact import ParcelLocation
from succession.land.models import ImportState, LandImport, Parcel
from succession.land.report import Outcome
from tests.factories.accounts import an_actor
from tests.factories.land import Row, a_field, a_file, an_owner, imported

KEY = "12034500100045______"


@pytest.fixture
def owner(session):
    return an_owner(session)


def counted(report):
    counts = report.counts
    return counts.imported, counts.updated, counts.unchanged, counts.refused, counts.held_back


def codes(report):
    return {row.row: [reason.code for reason in row.reasons] for row in report.rows}


def stored(session):
    return session.scalars(select(Parcel).order_by(Parcel.id).execution_options(populate_existing=True)).all()


def test_a_file_of_parcels_comes_in_whole(session, owner, tmp_path):
    path = a_file(tmp_path, [Row(a_field(i), {"FLIK": f"DE{i}", "groesse": 1.0, "HBN": "AL"}) for i in range(3)])
    report = imported(session, owner, path)
    assert counted(report) == (3, 0, 0, 0, 0)
    assert report.area_ha == pytest.approx(Decimal(3), abs=Decimal("0.01"))
    assert [(p.reference, p.land_use, p.official_area_m2) for p in stored(session)] == [
        (f"DE{i}", "arable", Decimal(10_000)) for i in range(3)
    ]
    area = session.scalar(select(func.sum(ParcelLocation.area_m2)))
    assert float(report.area_ha) * 10_000 == pytest.approx(area, abs=1)


def test_the_same_file_again_changes_nothing(session, owner, tmp_path):
    path = a_file(tmp_path, [Row(a_field(i), {"FLIK": f"DE{i}"}) for i in range(3)])
    imported(session, owner, path)
    before = [(p.id, p.updated_at) for p in stored(session)]
    assert counted(imported(session, owner, path)) == (0, 0, 3, 0, 0)
    assert [(p.id, p.updated_at) for p in stored(session)] == before


@pytest.mark.parametrize("crs", ["EPSG:25833", "EPSG:4326", "EPSG:3857", "EPSG:31468"])
def test_the_same_fields_in_another_coordinate_system_are_known(session, owner, tmp_path, crs):
    from pyproj import Transformer

    transformer = Transformer.from_crs(25832, crs, always_xy=True)
    fields = [a_field(i) for i in range(3)]
    moved = [shapely.transform(field, transformer.transform, interleaved=False) for field in fields]
    imported(session, owner, a_file(tmp_path, [Row(field) for field in fields]))
    report = imported(session, owner, a_file(tmp_path, [Row(field) for field in moved], name="moved.gpkg", crs=crs))
    assert counted(report) == (0, 0, 3, 0, 0)


def test_an_equal_key_is_the_same_parcel_wherever_it_lies(session, owner, tmp_path):
    imported(session, owner, a_file(tmp_path, [Row(a_field(0), {"flstkennz": KEY})]))
    report = imported(session, owner, a_file(tmp_path, [Row(a_field(0, size=90.0), {"flstkennz": KEY})], name="b.gpkg"))
    assert counted(report) == (0, 1, 0, 0, 0)
    assert session.scalar(select(ParcelLocation.area_m2)) == pytest.approx(8100, rel=0.001)


@pytest.mark.parametrize(("shift", "outcome"), [(0.3, Outcome.UNCHANGED), (0.7, Outcome.IMPORTED)])
def test_half_a_metre_decides_where_there_is_no_key(session, owner, tmp_path, shift, outcome):
    imported(session, owner, a_file(tmp_path, [Row(a_field(0))]))
    report = imported(session, owner, a_file(tmp_path, [Row(a_field(0, dx=shift))], name="b.gpkg"))
    assert getattr(report.counts, outcome.value) == 1


def test_a_shift_within_the_tolerance_does_not_make_an_outline_drift(session, owner, tmp_path):
    imported(session, owner, a_file(tmp_path, [Row(a_field(0), {"HBN": "AL"})]))
    before = session.scalar(select(func.st_astext(ParcelLocation.geom)))
    report = imported(session, owner, a_file(tmp_path, [Row(a_field(0, dx=0.4), {"HBN": "GL"})], name="b.gpkg"))
    assert counted(report) == (0, 1, 0, 0, 0)
    assert session.scalar(select(func.st_astext(ParcelLocation.geom))) == before


def test_a_reference_that_is_unique_on_both_sides_is_the_same_parcel(session, owner, tmp_path):
    imported(session, owner, a_file(tmp_path, [Row(a_field(i), {"FLIK": flik}) for i, flik in enumerate("AAB")]))
    moved = [Row(a_field(i, dx=30), {"FLIK": flik}) for i, flik in enumerate("AAB")]
    report = imported(session, owner, a_file(tmp_path, moved, name="b.gpkg"))
    assert counted(report) == (2, 1, 0, 0, 0)  # A stands twice, so only B is sure


def test_a_reference_does_not_join_parcels_with_different_keys(session, owner, tmp_path):
    imported(session, owner, a_file(tmp_path, [Row(a_field(0), {"flstkennz": KEY, "FLIK": "A"})]))
    other = KEY.replace("45", "46")
    report = imported(
        session, owner, a_file(tmp_path, [Row(a_field(3), {"flstkennz": other, "FLIK": "A"})], name="b.gpkg")
    )
    assert counted(report) == (1, 0, 0, 0, 0)


def test_columns_that_the_file_lacks_change_nothing(session, owner, tmp_path):
    imported(session, owner, a_file(tmp_path, [Row(a_field(0), {"flstkennz": KEY, "HBN": "AL", "ackerzahl": 41.0})]))
    report = imported(session, owner, a_file(tmp_path, [Row(a_field(0), {"HBN": "GL"})], name="b.gpkg"))
    assert counted(report) == (0, 1, 0, 0, 0)
    (parcel,) = stored(session)
    assert (parcel.parcel_key, parcel.land_use, parcel.soil_points) == (KEY, "grassland", Decimal(41))


def test_nothing_is_deleted_by_an_import(session, owner, tmp_path):
    imported(session, owner, a_file(tmp_path, [Row(a_field(i)) for i in range(3)]))
    imported(session, owner, a_file(tmp_path, [Row(a_field(0))], name="b.gpkg"))
    assert len(stored(session)) == 3


def test_another_owner_has_parcels_of_their_own(session, owner, tmp_path):
    path = a_file(tmp_path, [Row(a_field(0), {"flstkennz": KEY})])
    imported(session, owner, path)
    assert counted(imported(session, an_owner(session, "Gemeinde Lanz"), path)) == (1, 0, 0, 0, 0)


def test_one_refused_row_holds_all_back(session, owner, tmp_path):
    path = a_file(tmp_path, [Row(a_field(0)), Row(shapely.Point(680_000, 5_870_000)), Row(a_field(1))])
    report = imported(session, owner, path)
    assert counted(report) == (0, 0, 0, 1, 2)
    assert report.is_refused
    assert report.area_ha == 0
    assert stored(session) == []
    assert session.scalars(select(LandImport)).all() == []


def test_refused_rows_can_be_left_out(session, owner, tmp_path):
    path = a_file(tmp_path, [Row(a_field(0)), Row(shapely.Point(680_000, 5_870_000)), Row(a_field(1))])
    report = imported(session, owner, path, skip_refused=True)
    assert counted(report) == (2, 0, 0, 1, 0)
    assert not report.is_refused
    assert len(stored(session)) == 2


def test_only_trying_changes_nothing(session, owner, tmp_path):
    report = imported(session, owner, a_file(tmp_path, [Row(a_field(0))]), dry_run=True)
    assert counted(report) == (1, 0, 0, 0, 0)
    assert stored(session) == []


def test_a_row_that_stands_twice_is_taken_once_and_said(session, owner, tmp_path):
    path = a_file(tmp_path, [Row(a_field(0)), Row(a_field(1)), Row(a_field(0)), Row(a_field(1, dx=0.2))])
    report = imported(session, owner, path)
    assert counted(report) == (2, 0, 2, 0, 0)
    assert codes(report) == {3: ["duplicate"], 4: ["duplicate"]}
    assert report.area_ha == pytest.approx(Decimal(2), abs=Decimal("0.01"))
    assert counted(imported(session, owner, path)) == (0, 0, 4, 0, 0)


def test_rows_of_one_parcel_that_contradict_each_other_are_refused(session, owner, tmp_path):
    rows = [Row(a_field(0), {"flstkennz": KEY}), Row(a_field(2), {"flstkennz": KEY})]
    report = imported(session, owner, a_file(tmp_path, rows))
    assert codes(report) == {2: ["duplicate-contradicts"]}
    assert counted(report) == (0, 0, 0, 1, 1)


def test_overlaps_within_the_file_and_with_the_register_are_said(session, owner, tmp_path):
    imported(session, owner, a_file(tmp_path, [Row(a_field(5), {"name": "Hinterste Wiese"})]))
    rows = [Row(a_field(0)), Row(a_field(0, dx=40)), Row(a_field(5, dy=50))]
    report = imported(session, owner, a_file(tmp_path, rows, name="b.gpkg"))
    assert counted(report) == (3, 0, 0, 0, 0)
    assert report.counts.warnings == 2
    assert codes(report) == {2: ["overlap"], 3: ["overlap"]}
    first, second = (row.reasons[0].text.values for row in report.rows)
    assert first["row"] == 1
    assert first["area"] == pytest.approx(6000, rel=0.001)
    assert second["label"] == "Hinterste Wiese"


def test_neighbours_that_share_a_border_do_not_overlap(session, owner, tmp_path):
    rows = [Row(a_field(0)), Row(shapely.box(680_100, 5_870_000, 680_200, 5_870_100))]
    assert imported(session, owner, a_file(tmp_path, rows)).rows == ()


def test_parcels_of_others_are_never_named_as_overlapping(session, owner, tmp_path):
    imported(session, an_owner(session, "Gemeinde Lanz"), a_file(tmp_path, [Row(a_field(0))]))
    report = imported(session, owner, a_file(tmp_path, [Row(a_field(0, dx=40))], name="b.gpkg"))
    assert report.rows == ()


def test_slivers_come_in_with_a_warning(session, owner, tmp_path):
    report = imported(session, owner, a_file(tmp_path, [Row(a_field(0, size=3.0))]))
    assert counted(report) == (1, 0, 0, 0, 0)
    assert codes(report) == {1: ["sliver"]}
    assert report.counts.warnings == 1


def test_what_lies_outside_the_region_is_refused_unless_allowed(session, owner, tmp_path):
    path = a_file(tmp_path, [Row(a_field(0, dx=-200_000))])
    assert codes(imported(session, owner, path)) == {1: ["outside-region"]}
    assert counted(imported(session, owner, path, rules=Rules(allow_outside_region=True))) == (1, 0, 0, 0, 0)


def test_a_file_that_cannot_be_read_says_why(session, owner, tmp_path):
    path = tmp_path / "land.gpkg"
    path.write_bytes(b"this is no GeoPackage")
    report = imported(session, owner, path)
    assert report.is_refused
    assert report.reasons
    assert report.rows == ()


def test_an_unknown_layer_or_column_is_refused(session, owner, tmp_path):
    path = a_file(tmp_path, [Row(a_field(0), {"a": "x"})])
    assert imported(session, owner, path, layer="nothing").is_refused
    assert [reason.code for reason in imported(session, owner, path, columns={"name": "b"}).reasons] == [
        "column-unknown"
    ]


def test_at_most_a_thousand_rows_are_told_refused_ones_first(session, owner, tmp_path):
    rows = [Row(a_field(i % 50, i // 50, size=3.0)) for i in range(1100)]
    rows.append(Row(shapely.Point(680_000, 5_870_000)))
    report = imported(session, owner, a_file(tmp_path, rows))
    assert (len(report.rows), report.rows_left_out) == (1000, 101)
    assert report.rows[-1].outcome is Outcome.REFUSED


def test_an_import_keeps_where_it_comes_from(session, owner, tmp_path):
    imported(session, owner, a_file(tmp_path, [Row(a_field(0))]))
    record = session.scalars(select(LandImport)).one()
    assert (record.state, record.source, record.rows_read) == (ImportState.DONE, "parcels.gpkg", 1)
    assert stored(session)[0].land_import_id == record.id


def test_only_those_who_may_bring_in_land_for_the_owner_do(session, owner, tmp_path):
    path = a_file(tmp_path, [Row(a_field(0))])
    with pytest.raises(Forbidden):
        imported(session, owner, path, actor=an_actor(session, Role.LANDOWNER))
    with pytest.raises(Forbidden):
        imported(session, owner, path, actor=Actor.visitor())


def test_a_missing_file_is_a_refusal(session, owner):
    assert imported(session, owner, Path("/nowhere/land.gpkg")).is_refused
