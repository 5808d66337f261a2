"""The settings of one installation: from the environment, else from `instance/settings.env`, else as written here."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SETTINGS_FILE = "settings.env"
SECRET_FILE = "secret-key"  # noqa: S105  a file name
SHORTEST_SECRET = 32
KNOWN_SECRETS = ("change-me", "changeme", "secret", "development", "dev", "test", "insecure", "example")


class SettingsError(ValueError):
    """A setting that cannot be used; the sentence says which and what to do."""


class Environment(StrEnum):
    """What this installation is for."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Region:
    """The region served, in degrees; what lies outside is refused on import unless allowed."""

    west: float = 10.2
    south: float = 52.2
    east: float = 12.9
    north: float = 53.8

    def contains(self, longitude: float, latitude: float) -> bool:
        """Whether the point is inside or on the edge."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom people may call instead: shown in the same place on every page."""

    name: str = "Regionalbüro Hofnachfolge"
    phone: str = "030 23125 000"  # from the range kept for films: nobody answers
    hours: str = "Mo–Do 9–12 Uhr"
    email: str = "kontakt@example.org"
    address: str = "Am Markt 1, 29439 Lüchow"  # where letters come from, in one line


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes; without a host it stays in the outbox and is marked as shown."""

    host: str | None = None
    port: int = 587
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    sender: str = "Post <noreply@example.org>"  # other eyes may read a mailbox: it must tell nothing
    starttls: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may choose. Without `database_url` the private cluster of `instance` is used."""

    instance: Path
    environment: Environment
    secret_key: str = field(repr=False)
    database_url: str | None = field(default=None, repr=False)  # may hold a password
    base_url: str = "http://127.0.0.1:5000"
    region: Region = Region()
    contact: Contact = Contact()
    mail: MailServer = MailServer()
    cookie_secure: bool = False
    site_name: str = "Nachfolge Elbtal"
    allowed_hosts: tuple[str, ...] = ()  # beside the host of `base_url`
    trusted_proxies: int = 0  # how many in front of the web process; only their X-Forwarded-* is believed
    largest_request_mb: int = 256
    least_alike: int = 5  # k: an area is shown only where at least so many businesses of one group are
    searches_per_minute: int = 120  # for a person and for a network address; 0 is no limit

    @property
    def is_production(self) -> bool:
        """Whether real people use this installation."""
        return self.environment is Environment.PRODUCTION

    @property
    def uploads(self) -> Path:
        """The folder for files that people hand in."""
        return self.instance / "uploads"

    @property
    def files(self) -> Path:
        """The folder for photos and documents that are kept."""
        return self.instance / "files"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force; a wrong one raises `SettingsError` with a sentence."""
    given = dict(os.environ if environ is None else environ)
    instance = Path(given.get("SUCCESSION_INSTANCE") or CHECKOUT / "instance").expanduser().absolute()
    values = {**_from_file(instance / SETTINGS_FILE), **{name: value for name, value in given.items() if value}}
    environment = _environment(values.get("SUCCESSION_ENV", "development"))
    return Settings(
        instance=instance,
        environment=environment,
        secret_key=_secret_key(values.get("SECRET_KEY"), instance, environment),
        database_url=_database_url(values.get("DATABASE_URL")),
        base_url=values.get("SUCCESSION_BASE_URL", "http://127.0.0.1:5000").rstrip("/"),
        region=_region(values.get("SUCCESSION_REGION")),
        contact=_contact(values),
        mail=_mail_server(values),
        cookie_secure=_flag("SUCCESSION_COOKIE_SECURE", values, default=environment is Environment.PRODUCTION),
        site_name=values.get("SUCCESSION_SITE_NAME", "Nachfolge Elbtal"),
        allowed_hosts=tuple(filter(None, (h.strip() for h in values.get("SUCCESSION_ALLOWED_HOSTS", "").split(",")))),
        trusted_proxies=_number("SUCCESSION_TRUSTED_PROXIES", values, default=0),
        largest_request_mb=_number("SUCCESSION_LARGEST_REQUEST_MB", values, default=256),
        least_alike=_least_alike(values),
        searches_per_minute=_number("SUCCESSION_SEARCHES_PER_MINUTE", values, default=120),
    )


def _least_alike(values: Mapping[str, str]) -> int:
    """k; under three it would protect nobody."""
    number = _number("SUCCESSION_K", values, default=5)
    if not 3 <= number <= 1000:
        raise SettingsError(f"SUCCESSION_K is {number}: use a whole number from 3 to 1000.")
    return number


def is_weak_secret(secret: str) -> bool:
    """Whether a secret key is too short, known, or hardly random."""
    return len(secret) < SHORTEST_SECRET or secret.lower().startswith(KNOWN_SECRETS) or len(set(secret)) < 8


def _from_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines; quotes around a value and lines that start with # are dropped."""
    if not path.is_file():
        return {}
    values = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        name, separator, value = stripped.partition("=")
        if not separator:
            raise SettingsError(f"{path}, line {number}: write NAME=value.")
        values[name.strip()] = value.strip().strip("\"'")
    return {name: value for name, value in values.items() if value}


def _environment(word: str) -> Environment:
    try:
        return Environment(word)
    except ValueError:
        raise SettingsError(f"SUCCESSION_ENV is {word!r}: use one of {', '.join(Environment)}.") from None


def _secret_key(given: str | None, instance: Path, environment: Environment) -> str:
    """The operator's key; outside production one is made once and kept in the instance folder."""
    if environment is Environment.PRODUCTION:
        if given is None or is_weak_secret(given):
            raise SettingsError(
                f"SECRET_KEY must be set to a random value of your own with at least {SHORTEST_SECRET} characters, "
                "for example from: python3 -c 'import secrets; print(secrets.token_hex(32))'"
            )
        return given
    return given or _kept_secret(instance / SECRET_FILE)


def _kept_secret(path: Path) -> str:
    """The secret in `path`; made first if it is missing, whole or not at all."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        try:
            path.hardlink_to(fresh)  # the first of several processes wins, the others read its secret
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def _database_url(given: str | None) -> str | None:
    if given is None:
        return None
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    if given.startswith("postgresql+psycopg://"):
        return given
    raise SettingsError("DATABASE_URL must start with postgresql://: Succession needs PostgreSQL with PostGIS.")


def _region(given: str | None) -> Region:
    if given is None:
        return Region()
    try:
        west, south, east, north = (float(number) for number in given.split(","))
    except ValueError:
        raise SettingsError("SUCCESSION_REGION needs four numbers in degrees: west,south,east,north.") from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise SettingsError("SUCCESSION_REGION: west must be less than east and south less than north, in degrees.")
    return Region(west, south, east, north)


def _contact(values: Mapping[str, str]) -> Contact:
    plain = Contact()
    return Contact(
        name=values.get("SUCCESSION_CONTACT_NAME", plain.name),
        phone=values.get("SUCCESSION_CONTACT_PHONE", plain.phone),
        hours=values.get("SUCCESSION_CONTACT_HOURS", plain.hours),
        email=values.get("SUCCESSION_CONTACT_EMAIL", plain.email),
        address=values.get("SUCCESSION_CONTACT_ADDRESS", plain.address),
    )


def _mail_server(values: Mapping[str, str]) -> MailServer:
    plain = MailServer()
    port = values.get("SMTP_PORT", str(plain.port))
    if not port.isdigit():
        raise SettingsError(f"SMTP_PORT is {port!r}: it must be a number.")
    return MailServer(
        host=values.get("SMTP_HOST"),
        port=int(port),
        user=values.get("SMTP_USER"),
        password=values.get("SMTP_PASSWORD"),
        sender=values.get("SMTP_SENDER", plain.sender),
        starttls=_flag("SMTP_STARTTLS", values, default=plain.starttls),
    )


def _number(name: str, values: Mapping[str, str], *, default: int) -> int:
    word = values.get(name, str(default))
    if not (word.isascii() and word.isdigit()):
        raise SettingsError(f"{name} is {word!r}: it must be a whole number.")
    return int(word)


def _flag(name: str, values: Mapping[str, str], *, default: bool) -> bool:
    word = values.get(name)
    if word is None:
        return default
    if word.lower() in {"1", "yes", "true", "on"}:
        return True
    if word.lower() in {"0", "no", "false", "off"}:
        return False
    raise SettingsError(f"{name} is {word!r}: use yes or no.")
