"""What every request and answer must have: an id, an honest origin, and headers that close doors."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, ValidationError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_ID = 2**63 - 1
MOST_KEYS = 1_000


class IdConverter(IntegerConverter):
    """A row id as it stands in the database: plain digits, no leading zero, at most 2^63 - 1."""

    regex = r"[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number > LARGEST_ID:
            raise ValidationError
        return number


def init_security(app: Flask) -> None:
    app.url_map.converters["id"] = IdConverter
    app.before_request(_name_request)
    app.before_request(_check_host)
    app.before_request(_check_origin)
    app.before_request(_check_keys)
    app.after_request(_close_doors)
    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def _name_request() -> None:
    g.request_id = secrets.token_hex(8)


def _check_host() -> None:
    """Answer only under our own name, so that no link is ever made with somebody else's."""
    expected = urlsplit(current_app.config["BASE_URL"])
    if current_app.testing or expected.hostname in ("127.0.0.1", "localhost"):
        allowed = {"127.0.0.1", "localhost", "[::1]", expected.hostname}
        if request.host.rsplit(":", 1)[0] in allowed:
            return
    if request.host not in {expected.netloc, expected.hostname}:
        abort(400)


def _check_origin() -> None:
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(400)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(400)


def _check_keys() -> None:
    """A form has each single field once, files too; more than a thousand are no form of ours."""
    if request.method in SAFE_METHODS:
        return
    if len(request.form) > MOST_KEYS or len(request.form.getlist("csrf_token")) > 1:
        abort(400)
    if any(len(files) > 1 for _, files in request.files.lists()):
        abort(400)


def _close_doors(response: Response) -> Response:
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if g.get("actor") is not None:
        response.headers["Cache-Control"] = "no-store"
    return response
