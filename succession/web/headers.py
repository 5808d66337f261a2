"""What every answer carries: the content policy and its companions, and what may be kept where."""

from http import HTTPStatus

from flask import Flask, Response, g, request

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
ONE_YEAR = 31_536_000
ONE_HOUR = 3_600


def init_app(app: Flask, *, is_https: bool) -> None:
    """Every answer carries the headers from now on."""

    def harden(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["X-Frame-Options"] = "DENY"
        headers["Permissions-Policy"] = PERMISSIONS
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if is_https and request.is_secure:
            headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"
        _say_who_may_keep_it(response)
        return response

    app.after_request(harden)


def _say_who_may_keep_it(response: Response) -> None:
    """Nothing of a signed-in person stays in a cache; pages for visitors differ by language and cookie.

    Static files stay for a year if their address carries their version, else for an hour.
    """
    if request.endpoint == "static":
        if response.status_code == HTTPStatus.OK:
            forever = f"public, max-age={ONE_YEAR}, immutable"
            response.headers["Cache-Control"] = forever if "v" in request.args else f"public, max-age={ONE_HOUR}"
        return
    if request.endpoint == "files.media":
        return  # the same for everybody; says itself how long
    response.vary.update(["Cookie", "Accept-Language"])
    actor = g.get("actor")
    if (actor is not None and actor.is_known) or "signed_in" in g:  # also who is only half signed in
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "private, no-cache")
