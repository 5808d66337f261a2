import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from succession.db import public_reading


def test_the_session_acts_as_the_application(session):
    assert session.scalar(text("SELECT current_user")) == "succession_app"
    assert session.scalar(text("SELECT session_user")) == "succession_app"


def test_the_application_may_not_make_tables(session):
    with pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(text("CREATE TABLE stray (id int)"))


def test_public_reading_takes_its_role_away_again(session):
    with public_reading(session) as reader:
        assert reader.scalar(text("SELECT current_user")) == "succession_public"
    assert session.scalar(text("SELECT current_user")) == "succession_app"


def test_public_reading_takes_its_role_away_after_a_refused_statement(session):
    with pytest.raises(ProgrammingError, match="permission denied"), public_reading(session) as reader:
        reader.execute(text("SELECT * FROM account"))
    assert session.scalar(text("SELECT current_user")) == "succession_app"


def test_the_public_role_may_call_nothing_that_acts_as_somebody_else(session):  # LP-6
    acting_as_their_owner = text(
        "SELECT count(*) FROM pg_proc WHERE prosecdef AND has_function_privilege('succession_public', oid, 'EXECUTE')"
    )
    assert session.scalar(acting_as_their_owner) == 0


def test_the_public_role_learns_no_frame_of_exact_locations(session):  # LP-6
    frame = text("SELECT st_estimatedextent('public', 'parcel_location', 'geom')")
    with pytest.raises(ProgrammingError, match="permission denied"), public_reading(session) as reader:
        reader.execute(frame)


def test_a_copied_database_is_real(database):
    with database.engine.begin() as connection:
        assert connection.scalar(text("SELECT current_database()")) == database.name
