"""What the frame of every page needs: assets, navigation for the role, and whether work is going on."""

from collections.abc import Sequence
from typing import Any

from flask import Flask, current_app, request, url_for
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader

from ..models.organisations import ROLES
from ..services.actors import Actor
from .guards import current_actor

MEMBERS = tuple(f"{kind}:{role}" for kind, roles in ROLES.items() for role in roles)
MENU = (
    ("Home", "accounts.home", ("signed in",)),
    ("Ledgers", "spending.list_ledgers", ("anchor:finance", "anchor:viewer", "anchor:admin")),
    ("Local share", "spending.show_local_share", ("anchor:finance", "anchor:buyer", "anchor:viewer", "anchor:admin")),
    ("Could come home", "spending.show_shift", ("anchor:finance", "anchor:buyer", "anchor:viewer", "anchor:admin")),
    ("Statutory files", "open_data.choose_statutory_file", ("anchor:finance", "anchor:viewer", "anchor:admin")),
    (
        "Reports",
        "open_data.list_reports",
        ("anchor:finance", "anchor:viewer", "anchor:admin", "place:viewer", "place:admin"),
    ),
    ("Lots", "buying.list_lots", ("anchor:buyer", "anchor:viewer", "anchor:admin")),
    ("Enterprises", "buying.list_enterprises", ("anchor:buyer", "anchor:viewer", "anchor:admin")),
    ("Lots for you", "supplying.list_matches", ("enterprise:member", "enterprise:admin")),
    ("Your profile", "supplying.show_profile", ("enterprise:member", "enterprise:admin")),
    ("Consortia", "supplying.list_consortia", ("enterprise:member", "enterprise:admin")),
    ("Our members", "supplying.list_members", ("network:adviser", "network:admin")),
    ("The place", "monitoring.show_place", ("place:viewer", "place:admin")),
    ("Open lots", "monitoring.list_open_lots", ("place:viewer", "place:admin")),
    ("Place enterprises", "monitoring.list_enterprises", ("place:viewer", "place:admin")),
    ("People", "administering.list_people", ("anchor:admin", "enterprise:admin", "place:admin", "network:admin")),
    ("Organisations", "administering.list_organisations", ("installation:admin",)),
    ("Reference data", "administering.list_reference", ("installation:admin",)),
    ("Outbox", "administering.list_mail", ("installation:admin",)),
    ("Learning", "administering.list_lessons", ("installation:admin",)),
    ("Jobs", "administering.list_jobs", ("installation:admin",)),
    ("Audit", "administering.list_audit", ("installation:admin",)),
    ("Health", "administering.show_health", ("installation:admin",)),
    ("Search", "accounts.search", MEMBERS),
)


def init_layout(app: Flask) -> None:
    app.jinja_options = {**app.jinja_options, "undefined": ChainableUndefined}
    app.jinja_env.undefined = ChainableUndefined
    theirs = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    app.jinja_env.loader = ChoiceLoader([PackageLoader("procure"), PrefixLoader(theirs)])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    WTFormsHelpers(app)
    app.context_processor(_frame)


def menu_for(actor: Actor | None) -> list[tuple[str, str]]:
    """Words and addresses this person can use, in order."""
    if actor is None:
        return []
    mine = actor.permissions | {"signed in"}
    known = current_app.view_functions
    return [(words, url_for(page)) for words, page, needed in MENU if mine.intersection(needed) and page in known]


def _frame() -> dict[str, Any]:
    actor = current_actor()
    menu = menu_for(actor)
    return {"actor": actor, "menu": menu, "here": _room_of(request.path, [address for _, address in menu])}


def _room_of(path: str, addresses: Sequence[str]) -> str | None:
    """The nearest address of the menu above a page; None where none is."""
    above = [address for address in addresses if path == address or path.startswith(f"{address}/")]
    return max(above, key=len, default=None)
