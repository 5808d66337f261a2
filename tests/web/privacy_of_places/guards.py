"""Switches that take one guard out, for the tests of the tests. None of them exists in the product."""

from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import select, text

from succession.extensions import db, reading
from succession.facts.branches import every_branch
from succession.listings import publication, service
from succession.places import queries_levels
from succession.places.models import PlaceArea
from succession.places.models_reference import ReferenceCount
from tests.factories.listings import NOW

LAST_POINT: list[float] = []


@contextmanager
def on(app, connection):
    """The application answers from this connection."""
    with app.app_context():
        engines = db.engines
    real = engines[None]
    engines[None] = connection
    try:
        yield
    finally:
        engines[None] = real


@contextmanager
def areas_drawn_around_the_place_itself():
    """The guard out: every offer is shown in an "area" of its own, two metres around the exact place."""
    around = queries_levels.around

    def exactly(session, x, y, **options):
        chain = around(session, x, y, **options)
        own = next(one for one in chain if one.level == 4)
        code = f"here-{x:.0f}-{y:.0f}"
        if session.scalar(select(PlaceArea.id).where(PlaceArea.code == code)) is None:
            session.execute(
                text("""
                    INSERT INTO place_area (level, code, name, shown_name, geom, reference, place_id, parent_id)
                    SELECT 4, :code, name, shown_name,
                        ST_Multi(ST_Buffer(ST_SetSRID(ST_MakePoint(:x, :y), 25832), 2)),
                        ST_SetSRID(ST_MakePoint(round(:x), round(:y)), 25832), place_id, parent_id
                    FROM place_area WHERE id = :id"""),
                {"code": code, "x": x, "y": y, "id": own.id},
            )
            session.add_all(
                ReferenceCount(
                    area_code=code, branch=branch, number=99, source="-", counted_on=NOW.date(), is_estimate=False
                )
                for branch in every_branch()
            )
            session.flush()
        number = session.scalar(select(PlaceArea.id).where(PlaceArea.code == code))
        exact = replace(own, code=code, id=number, cell=None)
        return [exact if one.level == 4 else one for one in chain if one.level >= 4]

    queries_levels.around = exactly
    try:
        yield
    finally:
        queries_levels.around = around


@contextmanager
def headers_made_of_the_place(engine_app):
    """The guard out: an entity tag that was computed from the whole row, exact place included."""

    def tag(response):
        sums = reading().scalar(text("SELECT md5(string_agg(ST_AsText(geom), '' ORDER BY site_id)) FROM site_location"))
        response.headers["ETag"] = f'"{sums}"'
        return response

    hooks = engine_app.after_request_funcs.setdefault(None, [])
    hooks.insert(0, tag)
    try:
        yield
    finally:
        hooks.remove(tag)


@contextmanager
def mails_that_name_the_place():
    """The guard out: a mail that says where it is."""
    step_taken = service.mails.step_taken

    def telling(step, *, reference, title, public_id, **more):
        return step_taken(step, reference=reference, title=f"{title} {LAST_POINT}", public_id=public_id, **more)

    around = queries_levels.around

    def noting(session, x, y, **options):
        LAST_POINT[:] = [x, y]
        return around(session, x, y, **options)

    service.mails.step_taken, queries_levels.around = telling, noting
    try:
        yield
    finally:
        service.mails.step_taken, queries_levels.around = step_taken, around


@contextmanager
def outlines_of_everybody():
    """The guard out: the outline is published whether or not its owner chose to show it."""
    write = publication._write_outline
    publication._write_outline = lambda session, listing, *, is_exact: write(session, listing, is_exact=True)
    try:
        yield
    finally:
        publication._write_outline = write
