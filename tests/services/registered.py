"""Registers for tests: bodies with names that words can tell apart."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import update

from procure.extensions import db
from procure.models import Edition, RegisteredBody, RegisteredName, now

PLACES = ("Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")
TRADES = ("Catering", "Cleaning", "Printing", "Roofing", "Joinery", "Plumbing", "Transport", "Nursery", "Bakery")


def an_edition(kind: str = "companies") -> int:
    """A new edition in force; the one before it is replaced."""
    db.session.execute(update(Edition).where(Edition.kind == kind, Edition.state == "ready").values(state="replaced"))
    edition = Edition(
        kind=kind, series=kind, title=f"Register of {kind}", licence="OGL", filename="a.csv", sha256="", state="ready",
        loaded_at=now(),
    )  # fmt: skip
    db.session.add(edition)
    db.session.commit()
    return edition.id


def a_body(name: str, number: str, edition: int, **facts: Any) -> int:
    names = facts.pop("names", ())
    plain = {"register": "companies", "form": "company", "postcode": "B18 5AA", **facts}
    key = " ".join(re.findall(r"[a-z0-9]+", name.lower()))
    body = RegisteredBody(number=number, name=name, name_key=key, edition_id=edition, **plain)
    db.session.add(body)
    db.session.flush()
    for other in names:
        db.session.add(RegisteredName(body_id=body.id, name=other, name_key=other.lower(), kind="previous"))
    db.session.commit()
    return body.id


def some_bodies(edition: int, places: Iterable[str] = PLACES, trades: Iterable[str] = TRADES) -> dict[str, int]:
    """Name > body: "Alder Catering Limited" and so on."""
    bodies = [
        RegisteredBody(
            register="companies", number=f"{place:04}{trade:04}", name=f"{named} {does} Limited", form="company",
            name_key=f"{named} {does} limited".lower(), postcode="B18 5AA", edition_id=edition,
        )
        for place, named in enumerate(places)
        for trade, does in enumerate(trades)
    ]  # fmt: skip
    db.session.add_all(bodies)
    db.session.commit()
    return {body.name: body.id for body in bodies}
