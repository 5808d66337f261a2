from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier, BrokenBarrierError, Event
from time import sleep

import pytest

from succession.web import turns
from succession.web.turns import LARGEST_BODY, FairLock, Turns


class SlowBody(BytesIO):
    """A body that arrives only when `arrived` is set."""

    def __init__(self, content, arrived):
        super().__init__(content)
        self.arrived = arrived

    def read(self, *size):
        assert self.arrived.wait(5)
        return super().read(*size)


def ask(application, body=b"", **environ):
    given = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body)), **environ}
    return b"".join(application(given, lambda *_: None))


def meeting(environ, start_response):
    """Says whether a second request was there at the same time."""
    try:
        environ["barrier"].wait(0.2)
    except BrokenBarrierError:
        return [b"alone"]
    return [b"together"]


def test_two_requests_of_a_process_never_run_at_once():
    application, barrier = Turns(meeting), Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: ask(application, barrier=barrier), range(2)))
    assert answers == [b"alone", b"alone"]


def test_an_upload_waits_for_nobody_and_holds_nobody_up():
    application, barrier = Turns(meeting), Barrier(2)
    large = {"CONTENT_LENGTH": str(LARGEST_BODY + 1), "barrier": barrier}
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(ask, application, **large), pool.submit(ask, application, barrier=barrier)]
        assert [one.result() for one in asked] == [b"together", b"together"]


def test_a_body_that_arrives_slowly_holds_nobody_up():
    arrived = Event()
    application = Turns(lambda environ, _: [environ["wsgi.input"].read()])
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(ask, application, **{"wsgi.input": SlowBody(b"slow", arrived), "CONTENT_LENGTH": "4"})
        assert pool.submit(ask, application, b"quick").result(2) == b"quick"
        arrived.set()
        assert slow.result(2) == b"slow"


def test_whoever_has_waited_too_long_goes_ahead(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_WAIT_S", 0.05)
    application, barrier = Turns(meeting), Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: ask(application, barrier=barrier), range(2)))
    assert answers == [b"together", b"together"]


def test_an_error_ends_the_turn_too():
    application = Turns(lambda environ, _: 1 / environ["by"])
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            ask(application, by=0)
    assert not application.turn.is_held


def test_turns_come_in_the_order_of_asking():
    turn, order = FairLock(), []
    assert turn.acquire(1)

    def wait(number):
        assert turn.acquire(5)
        order.append(number)
        turn.release()

    with ThreadPoolExecutor(8) as pool:
        for number in range(8):
            pool.submit(wait, number)
            while len(turn._waiting) <= number:
                sleep(0.001)
        turn.release()
    assert order == list(range(8))
    assert not turn.is_held


def test_nobody_is_forgotten_however_many_ask_at_once():
    turn, inside, seen = FairLock(), [], []

    def work(_):
        if turn.acquire(5):
            inside.append(1)
            seen.append(len(inside))
            inside.pop()
            turn.release()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(2000)))
    assert seen == [1] * 2000
    assert not turn.is_held


def test_who_gives_up_waiting_is_not_handed_the_turn():
    turn = FairLock()
    assert turn.acquire(1)
    assert not turn.acquire(0.01)
    turn.release()
    assert turn.acquire(0)
