"""Stories about where payees are: anchors with confirmed spend, bodies on registers, offices many share."""

from datetime import date
from itertools import count
from typing import Any

from procure.extensions import db
from procure.models import Ledger, MonthlySpend, Payee, PayeeSite, RegisteredBody, SharedOffice, Upload
from procure.services.actors import Actor

from .. import factories

_numbers = count(1)


def an_officer(anchor: int) -> Actor:
    return Actor(factories.a_person(), "Ann", "ann@example.org", anchor, "Anchor", frozenset({"anchor:finance"}))


def a_ledger(anchor: int) -> int:
    """A confirmed ledger without payments."""
    number = next(_numbers)
    upload = Upload(
        organisation_id=anchor, kind="ledger", filename="a", stored_name=f"places{number}", sha256="", size_bytes=1
    )
    db.session.add(upload)
    db.session.flush()
    ledger = Ledger(organisation_id=anchor, upload_id=upload.id, state="confirmed")
    db.session.add(ledger)
    db.session.commit()
    return ledger.id


def a_payee(anchor: int, *paid: tuple[int, str], name: str = "", ledger: int | None = None, **facts: Any) -> int:
    """A payee with what it was paid: (pence, postcode of the line); linked where facts say to what."""
    is_linked = facts.get("enterprise_id") or facts.get("body_id")
    facts = {"state": "accepted" if is_linked else "unlinked", **facts}
    payee = Payee(organisation_id=anchor, name=name or f"Payee {next(_numbers)}", **facts)
    db.session.add(payee)
    db.session.flush()
    ledger = ledger or a_ledger(anchor)
    for pence, postcode in paid:
        db.session.add(
            MonthlySpend(
                organisation_id=anchor, ledger_id=ledger, payee_id=payee.id, month=date(2026, 1, 1),
                category=str(next(_numbers)), postcode=postcode, payments=1, pence=pence,
            )
        )  # fmt: skip
    factories.add_up(anchor)
    return payee.id


def a_body(postcode: str | None = "M1 1AE", **facts: Any) -> int:
    """A body on a public register; `street` makes the key of its office."""
    number = next(_numbers)
    street = facts.pop("street", f"{number} high street")
    plain: dict[str, Any] = {
        "register": "companies",
        "number": f"{number:08d}",
        "name": f"Body {number}",
        "name_key": f"body {number}",
        "form": "company",
        "address_key": f"{street}|{postcode}" if street and postcode else None,
        "edition_id": 1,
    }
    body = RegisteredBody(postcode=postcode, **{**plain, **facts})
    db.session.add(body)
    db.session.commit()
    return body.id


def a_shared_office(street: str, postcode: str) -> None:
    db.session.merge(SharedOffice(address_key=f"{street}|{postcode}", bodies=500))
    db.session.commit()


def a_site(anchor: int, payee: int, kind: str, postcode: str) -> int:
    site = PayeeSite(organisation_id=anchor, payee_id=payee, kind=kind, postcode=postcode, reason="They told us")
    db.session.add(site)
    db.session.commit()
    return site.id
