"""The Flask extensions, and the two doors through which a web request commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session

from succession.db import Base
from succession.places.levels import SETTING as LEAST_ALIKE

# `create_savepoint` matters in tests only: there a whole request runs inside an outer transaction.
db = SQLAlchemy(
    model_class=Base, session_options={"join_transaction_mode": "create_savepoint", "expire_on_commit": False}
)
csrf = CSRFProtect()
babel = Babel()


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """The request's session: what the block wrote is committed at its end, once, or not at all."""
    session = reading()
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def reading() -> Session:
    """The request's session, for pages that only show something; it carries the operator's k."""
    session = db.session()
    session.info[LEAST_ALIKE] = current_app.extensions["settings"].least_alike
    return session


@contextmanager
def own_transaction() -> Iterator[Session]:
    """A transaction apart from the request's, for what must survive its refusal: brakes and logs."""
    with (
        Session(db.engine, expire_on_commit=False, join_transaction_mode="create_savepoint") as session,
        session.begin(),
    ):
        yield session
