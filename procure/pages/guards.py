"""Who may enter. Every view says it; a view that does not say it lets nobody in."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from ..config import SESSION_IDLE
from ..models import now
from ..services.actors import Actor
from ..services.people import accounts, memberships

View = TypeVar("View", bound=Callable[..., Any])
ANYONE = "anyone"
SIGNED_IN = "signed in"
OPEN_ENDPOINTS = frozenset({"static"})


def who(*permissions: str) -> Callable[[View], View]:
    """Let in people who hold any of these permissions for the organisation they act for."""

    def mark(view: View) -> View:
        view.who = frozenset(permissions)  # type: ignore[attr-defined]
        return view

    return mark


everyone = who(ANYONE)
signed_in = who(SIGNED_IN)
installation_admins = who(memberships.INSTALLATION)


def current_actor() -> Actor | None:
    """Who is before us, if signed in."""
    actor: Actor | None = g.get("actor")
    return actor


def actor() -> Actor:
    """Who is before us, on a page that only signed-in people reach."""
    found = current_actor()
    if found is None:
        raise ValueError("this page needs a signed-in person and its guard let in somebody else")
    return found


def remember_sign_in(token: str) -> None:
    """Start the browser's session afresh: a new token, nothing kept from before."""
    session.clear()
    session["token"] = token
    session["seen"] = now().timestamp()
    session.permanent = True


def init_guards(app: Flask) -> None:
    app.before_request(_recognise)
    app.before_request(_enforce)


def _recognise() -> None:
    """Find out who asks, from the session the database still knows."""
    g.actor = None
    token, seen = session.get("token"), session.get("seen")
    if not token or request.endpoint in OPEN_ENDPOINTS:
        return
    moment = now().timestamp()
    person = accounts.person_of(token) if seen and moment - seen < SESSION_IDLE.total_seconds() else None
    if person is None:
        session.clear()
        return
    g.person = person
    g.actor = memberships.actor_for(person, session.get("acting_for"))
    session["acting_for"] = g.actor.organisation_id
    session["seen"] = moment


def _enforce() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return None
    view = current_app.view_functions[request.endpoint]
    allowed: frozenset[str] = getattr(view, "who", frozenset())
    g.authorised_by = allowed
    if ANYONE in allowed:
        return None
    asking = current_actor()
    if asking is None:
        if request.accept_mimetypes.best == "application/json":
            abort(401)
        return redirect(url_for("accounts.sign_in", next=_local_path()))
    if SIGNED_IN not in allowed and not asking.may(*allowed):
        abort(403)
    return None


def _local_path() -> str | None:
    """Where to go after signing in: this page, if opening it changes nothing."""
    return request.full_path.rstrip("?") if request.method == "GET" else None
