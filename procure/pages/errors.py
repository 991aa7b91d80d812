"""Pages for what went wrong: they say what to do next, and never show a trace."""

import errno
import logging
from urllib.parse import urlsplit

from flask import Flask, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from ..config import REFERENCE_BYTES_MOST, UPLOAD_BYTES_MOST
from ..extensions import db
from ..services.errors import ConflictError, NotFoundError, RefusedError

log = logging.getLogger(__name__)

WORDS = {
    400: ("There is a problem with this request", "Go back, reload the page and try again."),
    401: ("Sign in to continue", "Sign in, then try again."),
    403: (
        "You cannot open this page",
        "Your role does not allow it. Ask an administrator of your organisation, or act for another organisation.",
    ),
    404: ("Page not found", "Check the address. The page may have moved, or belong to another organisation."),
    405: ("This page cannot be used that way", "Go back and use the buttons on the page."),
    409: ("This has changed", "Somebody changed this while you were working. Look at it again before you go on."),
    413: ("This file is too large", "Split the file by month and upload each part."),
    429: ("Too many tries", "Wait five minutes, then try again."),
    500: ("Sorry, there is a problem", "Try again later. Nothing you saved before is lost."),
    503: ("Sorry, the service is busy", "Try again in a minute. Nothing you saved before is lost."),
    507: (
        "Sorry, there is no room to keep this",
        "The disk of this service is full. Tell your administrator. Nothing you saved before is lost.",
    ),
}
REFUSED = "This cannot be done"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def init_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(NotFoundError, lambda _error: show_error(404))
    app.register_error_handler(ConflictError, lambda error: show_error(409, str(error)))
    app.register_error_handler(RefusedError, lambda error: show_error(409, str(error), title=REFUSED))
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(OSError, _system)
    app.register_error_handler(Exception, _fault)


def show_error(
    status: int, text: str = "", headers: dict[str, str] | None = None, *, title: str = ""
) -> ResponseReturnValue:
    """The page, or the JSON, of an error; the text and the title replace the usual advice and title."""
    db.session.rollback()
    usual, advice = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    title = title or usual
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"error": title, "advice": text or advice}), status, headers or {}
    page = render_template(
        "error.html",
        title=title,
        advice=text or advice,
        status=status,
        reference=g.get("request_id"),
        before=_page_before(),
    )
    return page, status, headers or {}


def _page_before() -> str | None:
    """The page of ours that the person came from, where what they sent was not done."""
    came_from = urlsplit(request.referrer or "")
    is_ours = came_from.netloc == request.host and came_from.path.startswith("/")
    if request.method != "POST" or not is_ours or came_from.path.startswith("//") or came_from.path == request.path:
        return None
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and 300 <= error.code < 400:
        return error.get_response()
    headers = {"Retry-After": "300"} if error.code == 429 else None
    return show_error(error.code or 500, _too_large() if error.code == 413 else "", headers=headers)


def _too_large() -> str:
    if (request.max_content_length or 0) >= REFERENCE_BYTES_MOST:
        return f"The largest file this page takes is {REFERENCE_BYTES_MOST // 1024**3} GB. Load it by command instead."
    return f"The largest file we can take is {UPLOAD_BYTES_MOST // 1024**2} MB. {WORDS[413][1]}"


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return show_error(
        400, "This page was open for too long or in another sign-in. Go back, reload it and send it again."
    )


def _database(error: OperationalError) -> ResponseReturnValue:
    log.error("the database did not answer: %s", type(error.orig).__name__, exc_info=error)
    if "disk is full" in str(error.orig) or "No space left" in str(error.orig):
        return show_error(507)
    return show_error(503, headers={"Retry-After": "30"})


def _system(error: OSError) -> ResponseReturnValue:
    if error.errno not in NO_ROOM:
        return _fault(error)
    log.error("the disk is full", exc_info=error)
    return show_error(507)


def _fault(error: Exception) -> ResponseReturnValue:
    log.error("request %s failed", g.get("request_id"), exc_info=error)
    return show_error(500)
