"""What the demonstration place holds, counted in the database."""

from typing import Any

from sqlalchemy import func, select

from ...demo.words import words
from ...extensions import db
from ...models import Consortium, Enterprise, Ledger, Lot, Organisation, Payment, Person, Proposal
from ..people.memberships import actor_for

_LEDGERS = ("/spending/ledgers", "/spending/ledgers/new", "/spending/payees", "/spending/local-share")
_LOTS = ("/buying/lots", "/buying/lots/new", "/buying/enterprises")
_SUPPLY = ("/supplying/lots", "/supplying/profile", "/supplying/consortia")
PAGES = {
    "anchor:buyer": ("/spending", *_LOTS, "/spending/local-share"),
    "anchor:finance": ("/spending", *_LEDGERS),
    "anchor:viewer": ("/spending", "/spending/local-share", "/buying/lots", "/buying/enterprises"),
    "anchor:admin": ("/spending", "/spending/ledgers", "/buying/lots", "/administering/people"),
    "enterprise:member": _SUPPLY,
    "enterprise:admin": (*_SUPPLY, "/administering/people"),
    "place:viewer": ("/monitoring", "/monitoring/lots", "/monitoring/enterprises"),
    "place:admin": ("/monitoring", "/monitoring/anchors", "/monitoring/lots", "/monitoring/enterprises"),
    "network:adviser": ("/supplying/members", "/supplying/members/new", "/supplying/members/upload"),
    "network:admin": ("/supplying/members", "/supplying/members/upload", "/administering/people"),
    "installation:admin": tuple(f"/administering/{page}" for page in ("organisations", "jobs", "mail", "audit")),
}
"""The addresses each role lives on."""


def summary() -> dict[str, Any]:
    """The totals of the contract, and how to sign in as one person for each role."""
    counted = db.session.execute(
        select(func.count(Payment.id), func.sum(Payment.pence))
        .join(Ledger, Ledger.id == Payment.ledger_id)
        .where(Ledger.state == "confirmed")
    ).one()
    return {
        "anchors": _count(Organisation.id, Organisation.is_anchor),
        "enterprises": _count(Enterprise.organisation_id),
        "consortia": _count(Consortium.id),
        "users": _count(Person.id),
        "ledgers": _count(Ledger.id, Ledger.state == "confirmed"),
        "payments": counted[0],
        "total_pence": int(counted[1] or 0),
        "lots": _count(Lot.id),
        "proposals": _count(Proposal.id, Proposal.is_current),
        "people": _people(),
    }


def _count(column: Any, *conditions: Any) -> int:
    return db.session.scalar(select(func.count(column)).where(*conditions)) or 0


def _people() -> list[dict[str, Any]]:
    found = []
    for row in words("people"):
        person = db.session.scalar(select(Person).where(Person.email == row["email"]))
        if person is None or not row["is_listed"]:
            continue
        actor = actor_for(person, None)
        role = next(iter(sorted(actor.permissions)))
        found.append(
            {
                "email": row["email"],
                "password": row["password"],
                "role": role,
                "organisation": actor.organisation_name,
                "pages": list(PAGES[role]),
            }
        )
    return found
