"""Every form has one effect: sent again as it was, it leads where it led the first time."""

import hashlib
import json
import re
import secrets
import time

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..services import sent_forms
from .errors import show_error
from .guards import current_actor

FIELD = "form_key"
KEY = re.compile(r"[0-9a-f]{32}")
NOT_TYPED = ("csrf_token", FIELD)
LOOKS, PAUSE_SECONDS = 50, 0.1
"""How long a second sending waits for the answer to the first."""
SENT = "You sent this already, and it is being worked on. Look at the page before to see what came of it."


def new_form_key() -> str:
    return secrets.token_hex(16)


def init_once(app: Flask) -> None:
    app.before_request(_answer_again)
    app.after_request(_keep_answer)
    app.jinja_env.globals["new_form_key"] = new_form_key


def _answer_again() -> ResponseReturnValue | None:
    """Lead a form that was answered where its first sending led; let a new one through and remember it."""
    actor = current_actor()
    if request.method != "POST" or actor is None or actor.person_id is None:
        return None
    key = _key()
    if key is None:
        return None
    for _ in range(LOOKS):
        sent = sent_forms.find(key, actor.person_id)
        if sent is None and sent_forms.begin(key, actor.person_id):
            g.sent_form = key
            return None
        if sent is not None and sent.address:
            return redirect(sent.address)
        db.session.rollback()
        time.sleep(PAUSE_SECONDS)
    return show_error(409, SENT)


def _key() -> str | None:
    """What tells this form, filled in so, from every other; None where it has no key, or carries files."""
    key = request.form.get(FIELD, "")
    if not KEY.fullmatch(key) or request.files:
        return None
    typed = sorted((name, values) for name, values in request.form.lists() if name not in NOT_TYPED)
    return hashlib.sha256(json.dumps([key, request.path, typed]).encode()).hexdigest()


def _keep_answer(response: Response) -> Response:
    key = g.pop("sent_form", None)
    if key is not None:
        db.session.rollback()  # what the view did not commit is not kept by this either
        sent_forms.end(key, response.location if response.status_code == 302 else None)
        db.session.commit()
    return response
