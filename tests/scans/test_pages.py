"""S24: Wapiti finds nothing on the running pages, over https, as a visitor, a seeker and a transferor."""

import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from succession.accounts.models import Account, AccountSession
from succession.accounts.tokens import hash_token, new_token
from succession.app import create_app
from succession.cluster import SUPERUSER
from succession.config import CHECKOUT, load_settings
from succession.db import DatabaseRole, make_engine
from tests.conftest import CLUSTER, clone, drop

PROGRAM = Path(sys.executable).with_name("succession")
# What needs no host elsewhere; the others of Wapiti wait for one that calls back.
MODULES = "backup,cookieflags,crlf,csp,exec,file,htaccess,http_headers,methods,permanentxss,redirect,sql,upload,xss"
# These would end the scan or the account it runs with.
SPARED = ("*/sign-out*", "*/account/close*", "*/language/*", "*delete*", "*/sessions*", "*/static/*")
PATIENCE = 60

pytestmark = [pytest.mark.long, pytest.mark.timeout(1500)]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate for this machine, for an hour."""
    folder, key, now = (
        tmp_path_factory.mktemp("certificate"),
        ec.generate_private_key(ec.SECP256R1()),
        datetime.now(UTC),
    )
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    (folder / "key").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    (folder / "certificate").write_bytes(made.public_bytes(pem))
    return folder


@pytest.fixture(scope="module")
def site(template, tmp_path_factory, certificate):
    """Environment and address of a site with the demo region, over https."""
    name = template.replace("template", f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_wapiti")
    clone(name)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": CLUSTER.url(SUPERUSER, name),
        "SUCCESSION_INSTANCE": str(tmp_path_factory.mktemp("wapiti")),
        "SUCCESSION_BASE_URL": f"https://localhost:{port}",
        "SUCCESSION_COOKIE_SECURE": "yes",
        "SUCCESSION_SEARCHES_PER_MINUTE": "0",
    }
    subprocess.run([PROGRAM, "demo"], env=environment, check=True, cwd=CHECKOUT, capture_output=True)
    keys = ["--certfile", certificate / "certificate", "--keyfile", certificate / "key"]
    command = [PROGRAM.with_name("gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4", *keys]
    with subprocess.Popen([*command, "succession.app:create_app()"], env=environment, cwd=CHECKOUT) as server:
        wait_for_port(port)
        yield environment
        server.terminate()
        server.wait(PATIENCE)
    drop(name)


def wait_for_port(port):
    import time

    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the site does not answer")


def cookie_of(environment, email):
    """A session of this person, as their browser holds it."""
    settings, token, now = load_settings(environment), new_token(), datetime.now(UTC)
    engine = make_engine(environment["DATABASE_URL"], DatabaseRole.APP, poolclass=NullPool)
    with Session(engine) as session, session.begin():
        account = session.scalars(select(Account.id).where(Account.email == email)).one()
        session.add(AccountSession(account_id=account, token_hash=hash_token(token), created_at=now, last_seen_at=now))
    app = create_app(settings)
    signed = SecureCookieSessionInterface().get_signing_serializer(app).dumps({"token": token})
    return f"{app.config['SESSION_COOKIE_NAME']}={signed}"


@pytest.mark.parametrize("person", [None, "seeker@example.org", "transferor@example.org"])
def test_wapiti_finds_nothing(site, tmp_path, person):  # S24
    program = subprocess.run(
        [CHECKOUT / "script" / "scan", "wapiti"], check=True, capture_output=True, text=True, cwd=CHECKOUT
    ).stdout.strip()
    report, address = tmp_path / "report.json", site["SUCCESSION_BASE_URL"]
    spared = [part for pattern in SPARED for part in ("-x", f"{address}{pattern}")]
    who = ["-H", f"Cookie: {cookie_of(site, person)}"] if person else []
    limits = ["-d", "3", "--max-links-per-page", "20", "--max-files-per-dir", "8", "--max-scan-time", "150"]
    limits += ["--max-parameters", "20", "--max-attack-time", "20", "-S", "normal"]
    done = subprocess.run(
        [CHECKOUT / program, "-u", f"{address}/", "-m", MODULES, "--flush-session", "--no-bugreport",
         "--verify-ssl", "0",
         "--store-session", tmp_path, "-f", "json", "-o", report, *spared, *who, *limits],
        capture_output=True, text=True, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    found = json.loads(report.read_text())
    assert found["infos"]["crawled_pages_nbr"] > (20 if person else 8), done.stdout[-2000:]
    problems = {name: one for name, one in {**found["vulnerabilities"], **found["anomalies"]}.items() if one}
    assert problems == {}
