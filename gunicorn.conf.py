"""Read by gunicorn itself, also when an operator starts it without our supervisor."""

import sys
from typing import Any

import succession.app  # noqa: F401  once, before the fork: the web processes share what importing costs in time and memory
from succession.cluster import ClusterError
from succession.config import SettingsError, load_settings
from succession.supervisor import CannotServeError, refuse_exposed_demo
from succession.web.starting import NotReadyError, refuse_unready
from succession.web.turns import Turns

control_socket_disable = True


def on_starting(server: Any) -> None:
    """Refuse to listen to the world while the demo's known passwords work, or in production with open legal texts."""
    hosts = [address[0] if isinstance(address, tuple) else f"unix:{address}" for address in server.cfg.address]
    try:
        settings = load_settings()
        refuse_exposed_demo(settings, hosts)
        if settings.is_production:
            refuse_unready(settings)
    except (CannotServeError, ClusterError, NotReadyError, SettingsError) as error:
        sys.exit(str(error))


def post_worker_init(worker: Any) -> None:
    """Each web process answers one request at a time; its threads are for slow networks."""
    worker.wsgi = Turns(worker.wsgi)
