"""Search over everything a person may see: lots, enterprises, payees and ledgers, however it is spelt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ...extensions import db
from ...matching.lookup import nearest_names
from ...models import Enterprise, Ledger, Lot, Organisation, Payee, Upload
from ..actors import Actor
from ..place import place_supply, watching
from ..ranking import matches
from ..shares import areas

MOST = 10
"""Of each kind; the list of the kind has the rest."""
SPEND_READERS = ("anchor:finance", "anchor:viewer", "anchor:admin")
LOT_READERS = ("anchor:buyer", "anchor:viewer", "anchor:admin")


@dataclass(frozen=True)
class Hit:
    """Something found: its id, what it is called, and what tells it from others of its name."""

    id: int
    name: str
    about: str


@dataclass(frozen=True)
class Shelf:
    """What is searched for one kind of reader.

    query  the select of (id, name, what tells it apart), in a fixed order; None where there is nothing to search yet
    """

    kind: str
    readers: tuple[str, ...]
    query: Callable[[Actor], Any]


def search(asked: str, *, by: Actor) -> list[tuple[str, list[Hit]]]:
    """Kind > what was found, best first, for each kind this person may search; kinds in a fixed order."""
    found = []
    for shelf in SHELVES:
        query = shelf.query(by) if by.may(*shelf.readers) else None
        if query is not None:
            found.append((shelf.kind, _nearest(asked, db.session.execute(query).all())))
    return found


def _nearest(asked: str, rows: Sequence[Any]) -> list[Hit]:
    texts = [f"{name} {about or ''}" for _, name, about in rows]
    return [Hit(rows[at][0], rows[at][1], rows[at][2] or "") for at in nearest_names(asked, texts, MOST)]


def _own_lots(me: Actor) -> Any:
    return select(Lot.id, Lot.title, Lot.reference).where(Lot.organisation_id == me.acting_for).order_by(Lot.id)


def _open_lots(me: Actor) -> Any:
    """Lots that enterprises can still answer."""
    return (
        select(Lot.id, Lot.title, Organisation.name)
        .join(Organisation, Organisation.id == Lot.organisation_id)
        .where(matches.still_taking_interest(), Organisation.suspended_at.is_(None))
        .order_by(Lot.id)
    )


def _lots_of_place(me: Actor) -> Any:
    area = areas.headline(me.acting_for)
    if area is None:
        return None
    anchors = [anchor.id for anchor in watching.agreed_anchors(me.acting_for)]
    found = place_supply.open_lots_of(areas.shape(area), anchors)
    return place_supply.listed_lots(found).with_only_columns(Lot.id, Lot.title, Organisation.name)


def _enterprises(me: Actor) -> Any:
    return (
        select(Organisation.id, Organisation.name, Organisation.postcode)
        .join(Enterprise, Enterprise.organisation_id == Organisation.id)
        .where(Organisation.suspended_at.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )


def _enterprises_of_place(me: Actor) -> Any:
    area = areas.headline(me.acting_for)
    if area is None:
        return None
    columns = (Organisation.id, Organisation.name, Organisation.postcode)
    supply = place_supply.enterprises_of(areas.shape(area))
    return place_supply.listed_enterprises([*supply.ids_here, *supply.ids_not_placed]).with_only_columns(*columns)


def _members(me: Actor) -> Any:
    return _enterprises(me).where(Enterprise.registered_by_id == me.acting_for)


def _payees(me: Actor) -> Any:
    """Payees by the name that speaks for them."""
    return (
        select(Payee.id, Payee.name, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Payee.enterprise_id)
        .where(Payee.organisation_id == me.acting_for, Payee.merged_into_id.is_(None))
        .order_by(Payee.name, Payee.id)
    )


def _ledgers(me: Actor) -> Any:
    return (
        select(Ledger.id, Upload.filename, Ledger.state)
        .join(Upload, Upload.id == Ledger.upload_id)
        .where(Ledger.organisation_id == me.acting_for, Upload.organisation_id == me.acting_for)
        .order_by(Ledger.id.desc())
    )


SHELVES = (
    Shelf("lot", LOT_READERS, _own_lots),
    Shelf("open lot", ("enterprise:member", "enterprise:admin"), _open_lots),
    Shelf("lot of the place", ("place:viewer", "place:admin"), _lots_of_place),
    Shelf("enterprise", LOT_READERS, _enterprises),
    Shelf("enterprise of the place", ("place:viewer", "place:admin"), _enterprises_of_place),
    Shelf("member", ("network:adviser", "network:admin"), _members),
    Shelf("payee", SPEND_READERS, _payees),
    Shelf("ledger", SPEND_READERS, _ledgers),
)
