"""A site whose database is of another version says so on every page, instead of failing on one after the other."""

import logging

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue

from ..services import health
from .errors import show_error
from .guards import OPEN_ENDPOINTS

READY = "database is of this version"
ALWAYS = OPEN_ENDPOINTS | {"accounts.tell_health"}

log = logging.getLogger(__name__)


def init_readiness(app: Flask) -> None:
    app.before_request(_refuse_until_ready)


def _refuse_until_ready() -> ResponseReturnValue | None:
    if current_app.extensions.get(READY) or request.endpoint in ALWAYS:
        return None
    g.actor = None
    fault = health.schema_fault()
    if fault is None:
        current_app.extensions[READY] = True
        return None
    log.error("no page can be shown: %s", fault)
    return show_error(503, "It is being brought up to date. Try again in a few minutes.", {"Retry-After": "60"})
