"""Runs an installation until told to stop: cluster, tables, demo region, worker and web process."""

import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

from sqlalchemy import Connection, exists, select, text
from sqlalchemy.pool import NullPool

from succession import cluster, schema
from succession.accounts.demo_logins import DEMO_LOGINS, DEMO_PASSWORD
from succession.accounts.models import Account
from succession.config import CHECKOUT, Settings
from succession.db import DatabaseRole, make_engine

PROGRAMS = Path(sys.executable).parent
SECONDS_TO_ANSWER = 60
SECONDS_TO_END = 15
PAUSE = 0.1
Process = subprocess.Popen[bytes]


class CannotServeError(RuntimeError):
    """The installation may not or cannot run like this; the sentence says why and what to do."""


class StopRequest(BaseException):
    """A signal told us to stop."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run, and where it shall be reached."""

    host: str = "127.0.0.1"
    port: int = 5000
    with_demo: bool = True
    web_processes: int = 2

    @property
    def url(self) -> str:
        """Where this machine reaches the web process."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host  # nosec B104  # noqa: S104  compared, not bound
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def serve(settings: Settings, plan: Plan) -> int:
    """Run until a signal or the end of a child; afterwards nothing that this call started runs any more."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _request_stop)  # a shell's background job starts with SIGINT ignored
    private = cluster.private_cluster(settings) if settings.database_url is None else None
    started_cluster = False
    children: list[Process] = []
    try:
        _ensure_port_is_free(plan)
        started_cluster = private.start() if private is not None else False
        schema.upgrade(settings)
        _ensure_places(settings, plan, children)
        _ensure_demo(settings, plan, children)
        refuse_exposed_demo(settings, [plan.host])
        children += [_start_worker(plan), _start_web(plan)]
        _wait_for_answer(plan, children)
        _announce(settings, plan)
        return _watch(children)
    except StopRequest:
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _end(children)
        if private is not None and started_cluster:
            private.stop()


def refuse_exposed_demo(settings: Settings, hosts: Sequence[str]) -> None:
    """Raise unless every host is loopback or there is no demo account, whose password everybody knows."""
    if all(_is_loopback(host) for host in hosts) or not has_demo_accounts(settings):
        return
    raise CannotServeError(
        f"This installation has demo accounts with a known password: it may only listen on 127.0.0.1, not on "
        f"{', '.join(hosts)}. Start with an empty installation (succession db reset, then --no-demo)."
    )


def has_demo_accounts(settings: Settings) -> bool:
    """Whether accounts of the demo region exist."""
    with _connection(settings) as connection:
        return bool(connection.scalar(select(exists().where(Account.is_demo))))


def _is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address; a socket file counts as such."""
    if host == "localhost" or host.startswith("unix:"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _request_stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  the shape of a signal handler
    raise StopRequest


def _ensure_port_is_free(plan: Plan) -> None:
    family = socket.AF_INET6 if ":" in plan.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((plan.host, plan.port))
        except OSError as error:
            raise CannotServeError(
                f"Port {plan.port} on {plan.host} cannot be used ({error.strerror}). Choose another with --port N."
            ) from error


def _ensure_places(settings: Settings, plan: Plan, children: list[Process]) -> None:
    """The gazetteer is loaded: asked here in SQL, because the geometry libraries take a while to import."""
    with _connection(settings) as connection:
        if connection.scalar(text("SELECT EXISTS (SELECT 1 FROM place_area)")):
            return
    _say("Loading the gazetteer (only this once)")
    if not _run(["places", "load"], plan, children):
        raise CannotServeError("The gazetteer could not be loaded; see above.")


def _ensure_demo(settings: Settings, plan: Plan, children: list[Process]) -> None:
    """The demo region is there if it is wanted and real people have no accounts here; never in production."""
    if not plan.with_demo or settings.is_production or has_demo_accounts(settings):
        return
    _say("Building the demo region (only this once)")
    if not _run(["demo"], plan, children):
        _say("Starting without the demo region; --no-demo does so without asking.")


def _run(command: list[str], plan: Plan, children: list[Process]) -> bool:
    """Whether one of our own commands succeeded."""
    child = _spawn([str(PROGRAMS / "succession"), *command], plan)
    children.append(child)
    succeeded = child.wait() == 0
    children.remove(child)
    return succeeded


@contextmanager
def _connection(settings: Settings) -> Iterator[Connection]:
    url = cluster.database_url(settings, DatabaseRole.APP)
    with make_engine(url, DatabaseRole.APP, poolclass=NullPool).connect() as connection:
        yield connection


def _start_worker(plan: Plan) -> Process:
    return _spawn([str(PROGRAMS / "succession"), "jobs", "work"], plan)


def _start_web(plan: Plan) -> Process:
    bind = f"[{plan.host}]:{plan.port}" if ":" in plan.host else f"{plan.host}:{plan.port}"
    return _spawn(
        [
            str(PROGRAMS / "gunicorn"),
            "--bind", bind,
            "--workers", str(plan.web_processes),
            "--worker-class", "gthread",
            "--threads", "4",
            "--graceful-timeout", "5",
            "--no-control-socket",
            "--log-level", "warning",
            "succession.app:create_app()",
        ],
        plan,
    )  # fmt: skip


def _spawn(command: list[str], plan: Plan) -> Process:
    """A child in a session of its own: Ctrl-C reaches only us, and it ends with us whatever happens to us."""
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
    environment = {"SUCCESSION_BASE_URL": plan.url, **os.environ}
    return subprocess.Popen(
        [*prefix, *command], cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )


def _wait_for_answer(plan: Plan, children: Sequence[Process]) -> None:
    """The web process answers, with whatever status."""
    opener = build_opener(ProxyHandler({}))  # nosemgrep: fetching-from-elsewhere - our own readyz
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        if any(child.poll() is not None for child in children):
            raise CannotServeError("A process ended while starting; see above.")
        try:
            opener.open(f"{plan.url}/healthz", timeout=5).close()
        except HTTPError as answer:
            answer.close()
        except (URLError, OSError):
            time.sleep(PAUSE)
            continue
        return
    raise CannotServeError(f"The web process gave no answer within {SECONDS_TO_ANSWER} seconds.")


def _announce(settings: Settings, plan: Plan) -> None:
    _say(f"Succession is at {plan.url} (Ctrl-C stops it)")
    if has_demo_accounts(settings):
        _say(f"Demo logins, all with the password {DEMO_PASSWORD}:")
        for login in DEMO_LOGINS:
            _say(f"  {login}")


def _watch(children: Sequence[Process]) -> int:
    """Wait until a child ends; none should before it is told to."""
    while True:
        for child in children:
            if child.poll() is not None:
                _say(f"A process ended by itself (code {child.returncode}): stopping everything.")
                return 1
        time.sleep(PAUSE)


def _end(children: Sequence[Process]) -> None:
    """All children have ended: asked first, then made to."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + SECONDS_TO_END
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
