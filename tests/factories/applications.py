"""An application of its own with real commits, for what cannot be tried within one transaction."""

from contextlib import contextmanager

from succession.app import create_app
from succession.extensions import db


@contextmanager
def an_application(settings, **configuration):
    """Its connections are closed at the end: one that is left open fails another test."""
    app = create_app(settings)
    app.config.update(configuration)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()
