"""The web application: settings → extensions → gate → blueprints → errors."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from flask import Flask, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from succession import cluster, security_log
from succession.accounts.limits import network_of
from succession.accounts.sessions import LASTING_LIMIT
from succession.blueprints import (
    accounts,
    applications,
    award_records,
    awards,
    calls,
    exclusions,
    files,
    land,
    leases,
    legal,
    listings,
    matching,
    monitoring,
    operations,
    organisations,
    pages,
    principles,
    privacy,
    profiles,
    record,
    reference,
    releases,
    representation,
    rounds,
    search,
    second_factor,
    simulation,
)
from succession.config import Settings, load_settings
from succession.db import DatabaseRole
from succession.extensions import babel, csrf, db
from succession.i18n import PLACE_OF_TIMES
from succession.security_log import Circumstances
from succession.web import acting, context, errors, filters, gate, headers, language, starting
from succession.web.language import current_language

BLUEPRINTS = (
    accounts.bp,
    applications.bp,
    awards.bp,
    award_records.bp,
    calls.bp,
    exclusions.bp,
    files.bp,
    land.bp,
    leases.bp,
    legal.bp,
    listings.bp,
    matching.bp,
    monitoring.bp,
    operations.bp,
    organisations.bp,
    pages.bp,
    principles.bp,
    privacy.bp,
    profiles.bp,
    record.bp,
    reference.bp,
    releases.bp,
    representation.bp,
    rounds.bp,
    search.bp,
    second_factor.bp,
    simulation.bp,
)
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
CONNECT_SECONDS = 4
MEGABYTE = 2**20
LONGEST_FORM_MB = 2
MOST_FORM_PARTS = 2000


def create_app(settings: Settings | None = None) -> Flask:
    """A ready application; nothing happens before this is called."""
    settings = settings or load_settings()
    app = Flask("succession")
    app.config.from_mapping(_configuration(settings))
    app.extensions["settings"] = settings
    security_log.keep_in(settings.instance)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.before_request(_begin_request)
    starting.init_app(app, settings)

    db.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=current_language, timezone_selector=lambda: str(PLACE_OF_TIMES))
    gate.init_app(app)
    acting.init_app(app)
    language.init_app(app)
    context.init_app(app)
    filters.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    errors.init_app(app)
    headers.init_app(app, is_https=settings.cookie_secure)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count)  # type: ignore[method-assign]
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "TRUSTED_HOSTS": _trusted_hosts(settings),
        "SQLALCHEMY_DATABASE_URI": cluster.database_url(settings, DatabaseRole.APP),
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "connect_args": {"options": f"-c role={DatabaseRole.APP}", "connect_timeout": CONNECT_SECONDS},
            "pool_pre_ping": True,
            "pool_timeout": CONNECT_SECONDS,
        },
        "SESSION_COOKIE_NAME": "__Host-succession" if settings.cookie_secure else "succession",
        "SESSION_COOKIE_SECURE": settings.cookie_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": LASTING_LIMIT,  # of who chose it; the rows of sessions know how long each lives
        "WTF_CSRF_TIME_LIMIT": None,  # the token lives as long as the session: no form grows too old to be sent
        "WTF_CSRF_SSL_STRICT": False,  # the token suffices; privacy tools that send no Referer must not lock people out
        "MAX_CONTENT_LENGTH": LONGEST_FORM_MB * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": LONGEST_FORM_MB * MEGABYTE,
        "MAX_FORM_PARTS": MOST_FORM_PARTS,
        "BABEL_DEFAULT_LOCALE": "de",
        "BABEL_TRANSLATION_DIRECTORIES": str(Path(__file__).parent / "translations"),
    }


def _trusted_hosts(settings: Settings) -> list[str]:
    """The names this site answers to; any other Host header is refused, so that no link can be poisoned."""
    own = urlsplit(settings.base_url).hostname
    loopback = () if settings.is_production else LOOPBACK_HOSTS
    return [*(host for host in (own, *settings.allowed_hosts) if host), *loopback]


def _begin_request() -> None:
    """Each request has a number under which logs and errors find each other; only who has signed in may send files."""
    g.request_id = uuid4().hex[:12]
    around = Circumstances(network=network_of(request.remote_addr or ""), request_id=g.request_id)
    security_log.circumstances.set(around)
    if request.mimetype == "multipart/form-data" and gate.held_token() is not None:
        request.max_content_length = context.settings().largest_request_mb * MEGABYTE
