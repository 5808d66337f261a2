"""One request at a time in each web process, while slow networks wait aside.

The interpreter runs one thread at a time anyway; several at once only get in each other's way, and each answer takes as
long as all of them. The threads of a web process are there for slow clients: a body is read before the turn begins, an
answer is sent after it has ended. Whoever has waited too long goes ahead: a request that waits for the database must
not hold up the others.
"""

from collections import deque
from collections.abc import Iterable
from io import BytesIO
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ARRIVED = "succession.arrived"
"""Where the environment of a request says when it was here as a whole: a deadline does not wait for turns."""
LONGEST_WAIT_S = 1.0
LARGEST_BODY = 2 * 2**20
"""A larger body is an upload, which is read bit by bit by the view: it takes no turn."""


class FairLock:
    """Held by one at a time, in the order of asking: a lock of the language lets some wait far longer than others."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._waiting: deque[Event] = deque()
        self._is_held = False

    def acquire(self, timeout: float) -> bool:
        """Whether it is ours before the time is over."""
        with self._mutex:
            if not self._is_held:
                self._is_held = True
                return True
            mine = Event()
            self._waiting.append(mine)
        if mine.wait(timeout):
            return True
        with self._mutex:
            if mine.is_set():  # handed over in the last moment
                return True
            self._waiting.remove(mine)
        return False

    def release(self) -> None:
        """The next in line has it."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_held = False

    @property
    def is_held(self) -> bool:
        """Whether somebody has it."""
        return self._is_held


class Turns:
    """A WSGI application around another one, one instance for each process."""

    def __init__(self, application: "WSGIApplication") -> None:
        self.application = application
        self.turn = FairLock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The answer of the inner application, computed while no other request of this process is."""
        holds = _hold_body(environ)
        environ[ARRIVED] = monotonic()
        if not holds:
            return self.application(environ, start_response)
        is_mine = self.turn.acquire(timeout=LONGEST_WAIT_S)
        try:
            return self.application(environ, start_response)
        finally:
            if is_mine:
                self.turn.release()


def _hold_body(environ: "WSGIEnvironment") -> bool:
    """The body, if it is small, is in memory afterwards; False for one that is large or of unknown size."""
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return False
    stated = environ.get("CONTENT_LENGTH") or "0"
    if not (stated.isascii() and stated.isdigit()) or int(stated) > LARGEST_BODY:
        return False
    if int(stated):
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(stated)))
    return True
