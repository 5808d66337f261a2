"""Accidents on the way in, told in sentences: a full disk, a lost connection, a file that cannot be read. Pure."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy.exc

from succession.errors import SuccessionError, Unavailable
from succession.geo.findings import FileRefused, Finding
from succession.i18n import Text

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def explained() -> Iterator[None]:
    """Within, an accident of the database or the disk becomes an `Unavailable` that says what to do."""
    try:
        yield
    except sqlalchemy.exc.DBAPIError as error:
        raise Unavailable(_sentence(error.orig)) from error
    except psycopg.Error as error:
        raise Unavailable(_sentence(error)) from error
    except MemoryError as error:
        raise Unavailable(
            Text("The memory of this machine is not enough for the file. Nothing was imported. Split the file.")
        ) from error
    except OSError as error:
        raise Unavailable(_sentence(error)) from error


def as_finding(error: SuccessionError) -> Finding:
    """A refusal or an accident as a reason of a report."""
    match error:
        case FileRefused(code=code):
            return Finding(code, error.text)
        case Unavailable():
            return Finding("unavailable", error.text)
        case _:
            return Finding("refused", error.text)


def _sentence(error: BaseException | None) -> Text:
    """What happened and what to do."""
    match error:
        case psycopg.errors.DiskFull():
            return Text("The disk of the database is full. Nothing was imported. Free some space and start again.")
        case OSError(errno=number) if number in _NO_SPACE:
            return Text("The disk is full. Nothing was imported. Free some space and start again.")
        case PermissionError(filename=name):
            return Text(
                "The file %(name)s may not be read. Nothing was imported. Change its rights and start again.",
                {"name": str(name)},
            )
        case OSError(strerror=reason) if not isinstance(error, ConnectionError):
            return Text(
                "The file could not be read: %(reason)s. Nothing was imported.", {"reason": reason or str(error)}
            )
        case psycopg.errors.QueryCanceled():
            return Text("The import took too long and was stopped. Nothing was imported. Split the file.")
        case psycopg.errors.OutOfMemory():
            return Text("The memory of the database is not enough. Nothing was imported. Split the file.")
        case psycopg.OperationalError() | psycopg.InterfaceError() | ConnectionError():
            return Text("The connection to the database was lost. Nothing was imported. Wait a moment and start again.")
        case _:
            return Text("The database refused the import: %(reason)s. Nothing was imported.", {"reason": str(error)})
