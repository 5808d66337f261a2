"""The private PostgreSQL cluster of one installation: made, started and stopped. Standard library only."""

import fcntl
import hashlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from succession.config import Settings

DATABASE = "succession"
SUPERUSER = "succession_superuser"
PROGRAMS = Path("/usr/lib/postgresql")
STATE_FOLDER = Path("/var/lib/succession")
PORT = 5432  # only part of the socket's name: the cluster never listens on a network
LONGEST_SOCKET_PATH = 107
SERVER_SETTINGS = """\
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = {shared_buffers_mb}MB
effective_cache_size = {cache_mb}MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
random_page_cost = 1.1
effective_io_concurrency = 100
jit = off
max_parallel_workers_per_gather = 0
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
"""
FLEETING_SETTINGS = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


class ClusterError(RuntimeError):
    """The cluster cannot be used; the sentence says why and what to do."""


def database_url(settings: Settings, login: str, database: str = DATABASE) -> str:
    """Where `login` reaches the database: the operator's server if one is set, else the private cluster."""
    return settings.database_url or private_cluster(settings).url(login, database)


def private_cluster(settings: Settings) -> "Cluster":
    """The cluster below the instance folder."""
    return Cluster(settings.instance / "cluster")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster at `place`: a folder, or for root a link to one that the server's own user may enter."""

    place: Path
    fleeting: bool = False  # for tests: fast, and lost when the machine falls over

    @property
    def home(self) -> Path:
        """The folder that holds data, socket and log."""
        return self.place.resolve()

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.home / "data"

    @property
    def socket_folder(self) -> Path:
        """Beside the data, or in a short run folder if that path were too long for a socket."""
        beside = self.home / "run"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
            return beside
        short = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        uid = self._server_user().pw_uid
        base = os.environ.get("XDG_RUNTIME_DIR") if uid == os.geteuid() else None
        return Path(base or tempfile.gettempdir()) / f"succession-{uid}-{short}"

    @property
    def log(self) -> Path:
        """What the server writes about itself."""
        return self.home / "server.log"

    def url(self, login: str, database: str = DATABASE) -> str:
        """The address for SQLAlchemy."""
        return f"postgresql+psycopg://{login}@/{database}?host={quote(str(self.socket_folder), safe='')}"

    def program(self, name: str) -> Path:
        """One of PostgreSQL's programs, of the version that made the data; of the newest if there is none yet."""
        version_file = self.data / "PG_VERSION"
        if version_file.exists():
            version = version_file.read_text(encoding="ascii").strip()
            found = PROGRAMS / version / "bin" / name
            if not found.exists():
                raise ClusterError(
                    f"The cluster in {self.data} was made by PostgreSQL {version}, whose programs are missing. "
                    f"Install the package postgresql-{version}-postgis-3."
                )
            return found
        versions = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: float(path.parent.parent.name))
        if not versions:
            raise ClusterError("PostgreSQL is not installed. Run script/bootstrap, or set DATABASE_URL.")
        return versions[-1]

    def is_running(self) -> bool:
        """Whether a server answers on the socket."""
        if not self.data.exists():
            return False
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(5)
            try:
                probe.connect(str(self.socket_folder / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
        return True

    def start(self) -> bool:
        """A running cluster, made first if there is none; whether this call started it."""
        with self._locked():
            if self.is_running():
                return False
            self._settle()
            if not self.data.exists():
                self._make()
            self._prepare_socket_folder()
            if self._server_claims_to_run():
                self._control("stop", "-m", "fast")
            self._control("start", "-l", str(self.log), "-o", f"-k '{self.socket_folder}'", "-t", "60")
        return True

    def stop(self) -> bool:
        """No server runs any more; whether one did."""
        if not self.data.exists():
            return False
        with self._locked():
            if not self._server_claims_to_run():
                return False
            self._control("stop", "-m", "fast", "-t", "60")
        return True

    def remove(self) -> None:
        """Nothing is left of the cluster and what it held."""
        self.stop()
        home, run = self.home, self.socket_folder if self.place.exists() else None
        if self.place.is_symlink():
            self.place.unlink()
        for folder in (home, run):
            if folder is not None and folder.exists():
                shutil.rmtree(folder)

    def run(self, name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """One of PostgreSQL's programs, as the user that owns the cluster; its failure is told in full."""
        command = [*self._become_server_user(), str(self.program(name)), *arguments]
        done = subprocess.run(  # noqa: PLW1510  the return code is looked at below
            command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, env=_plain_environment()
        )
        if done.returncode:
            raise ClusterError(f"{name} failed: {(done.stderr or done.stdout).strip()}{self._end_of_log(name)}")
        return done

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Nobody else makes, starts or stops this cluster meanwhile."""
        self.place.parent.mkdir(parents=True, exist_ok=True)
        lock = self.place.with_name(f"{self.place.name}.lock")
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _settle(self) -> None:
        """The home folder exists and belongs to the user that the server runs as."""
        if self.place.exists():
            owner = self.home.stat().st_uid
            if os.geteuid() not in {0, owner}:
                raise ClusterError(f"{self.home} belongs to another user (number {owner}). Run this as that user.")
            return
        if os.geteuid() != 0:
            self.place.mkdir(mode=0o700)
            return
        user = self._server_user()
        STATE_FOLDER.mkdir(mode=0o711, parents=True, exist_ok=True)
        home = self.home if self.place.is_symlink() else _state_folder_for(self.place)
        home.mkdir(mode=0o700)
        os.chown(home, user.pw_uid, user.pw_gid)
        if not self.place.is_symlink():
            self.place.symlink_to(home)

    def _make(self) -> None:
        """A new cluster; it appears under its name only when it is whole."""
        fresh = self.home / "data.new"
        if fresh.exists():
            shutil.rmtree(fresh)
        self.run(
            "initdb", "-D", str(fresh), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        settings = fresh / "succession.conf"
        settings.write_text(_server_settings(fleeting=self.fleeting), encoding="ascii")
        with (fresh / "postgresql.conf").open("a", encoding="ascii") as file:
            file.write("\ninclude_if_exists 'succession.conf'\n")
        user = self._server_user()
        if os.geteuid() == 0:
            os.chown(settings, user.pw_uid, user.pw_gid)
        fresh.rename(self.data)

    def _prepare_socket_folder(self) -> None:
        """A folder of mode 0700 that belongs to the server's user; a link or a stranger's folder is refused."""
        folder, user = self.socket_folder, self._server_user()
        if not folder.is_symlink() and not folder.exists():
            folder.mkdir(mode=0o700)
            if os.geteuid() == 0:
                os.chown(folder, user.pw_uid, user.pw_gid)
        state = folder.lstat()
        if folder.is_symlink() or state.st_uid != user.pw_uid or state.st_mode & 0o077:
            raise ClusterError(f"{folder} is not a private folder of the user {user.pw_name}. Remove it.")

    def _server_claims_to_run(self) -> bool:
        """Whether there is a live server for these data, answering or not."""
        command = [*self._become_server_user(), str(self.program("pg_ctl")), "status", "-D", str(self.data)]
        return not subprocess.run(
            command, cwd="/", capture_output=True, env=_plain_environment(), check=False
        ).returncode

    def _control(self, *arguments: str) -> None:
        self.run("pg_ctl", arguments[0], "-w", "-s", "-D", str(self.data), *arguments[1:])

    def _server_user(self) -> pwd.struct_passwd:
        """Who runs the server: the owner of the home folder, else us, else (for root) the package's own user."""
        if self.place.exists():
            return pwd.getpwuid(self.home.stat().st_uid)
        if os.geteuid() != 0:
            return pwd.getpwuid(os.geteuid())
        try:
            return pwd.getpwnam("postgres")
        except KeyError:
            raise ClusterError("PostgreSQL is not installed. Run script/bootstrap, or set DATABASE_URL.") from None

    def _become_server_user(self) -> list[str]:
        """PostgreSQL refuses to run as root: only its own programs change the user, never the application."""
        if os.geteuid() != 0:
            return []
        user = self._server_user()
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--init-groups", "--reset-env"]

    def _end_of_log(self, name: str) -> str:
        """The last lines of the server's log, where the reason of a failed start stands."""
        if name != "pg_ctl" or not self.log.exists():
            return ""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
        return "\n" + "\n".join(lines)


def _state_folder_for(place: Path) -> Path:
    """A folder of its own below the system's state folder; the link at `place` is what finds it again."""
    short = hashlib.sha256(os.fsencode(place)).hexdigest()[:12]
    home = STATE_FOLDER / f"{place.parent.name}-{short}"
    number = 1
    while home.exists():  # left by an installation whose link is gone: never take over its data
        number += 1
        home = STATE_FOLDER / f"{place.parent.name}-{short}-{number}"
    return home


def _server_settings(*, fleeting: bool) -> str:
    """A quarter of the memory for the server's own cache, at least 128 MB and at most 2 GB."""
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    shared = 128 if fleeting else max(128, min(2048, memory_mb // 4))
    settings = SERVER_SETTINGS.format(shared_buffers_mb=shared, cache_mb=max(256, memory_mb // 2))
    return settings + FLEETING_SETTINGS if fleeting else settings


def _plain_environment() -> dict[str, str]:
    """Our own environment without what would steer PostgreSQL's programs elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8"}
