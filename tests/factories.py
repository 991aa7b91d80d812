"""Plain functions that make things for tests, with plain defaults. Each commits, as the app would have."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select

from procure.extensions import db
from procure.models import (
    AskedValue,
    Capability,
    Edition,
    Enterprise,
    Gate,
    Holding,
    Ledger,
    LocalArea,
    Lot,
    Membership,
    Need,
    Organisation,
    Person,
    now,
)
from procure.services import rollups
from procure.services.people import passwords

PASSWORD = "correct horse battery staple"
_numbers = count(1)
_hashes: dict[str, str] = {}


def an_organisation(name: str = "", **kinds: Any) -> int:
    """An organisation; `is_anchor=True` and so on say its kinds. Returns its id."""
    organisation = Organisation(name=name or f"Organisation {next(_numbers)}", **kinds)
    db.session.add(organisation)
    db.session.commit()
    return organisation.id


def an_anchor(name: str = "", *, sector: str = "nhs", outcodes: tuple[str, ...] = ("B18", "B19")) -> int:
    """An anchor that means by local the districts given."""
    anchor = an_organisation(name, is_anchor=True, sector=sector)
    db.session.add(LocalArea(organisation_id=anchor, name="Around us", outcodes=list(outcodes), is_headline=True))
    db.session.commit()
    return anchor


def an_enterprise(name: str = "", *, capabilities: tuple[Any, ...] = (), **profile: Any) -> int:
    """An enterprise with a complete profile; capabilities are statements or (statement, cpv, unit, units)."""
    holdings = profile.pop("holdings", ())
    postcode = profile.pop("postcode", "B18 5AA")
    organisation = an_organisation(name, is_enterprise=True, postcode=postcode)
    facts: dict[str, Any] = {"legal_form": "cic", "outcodes": ["B18"], "answered": 6, **profile}
    enterprise = Enterprise(organisation_id=organisation, **facts)
    for capability in capabilities:
        statement, cpv, unit, units = (capability, None, None, None) if isinstance(capability, str) else capability
        enterprise.capabilities.append(Capability(statement=statement, cpv=cpv, unit=unit, units=units))
    for kind, holding, amount, expires in holdings:
        enterprise.holdings.append(Holding(kind=kind, name=holding, amount_pence=amount, expires_on=expires))
    db.session.add(enterprise)
    db.session.commit()
    return organisation


def a_person(email: str = "", **facts: Any) -> int:
    """A person whose password is PASSWORD."""
    kept = _hashes.setdefault(PASSWORD, "") or passwords.keep(PASSWORD)
    _hashes[PASSWORD] = kept
    number = next(_numbers)
    person = Person(
        email=email or f"person{number}@example.org",
        name=facts.pop("name", f"Person {number}"),
        password_hash=kept,
        **facts,
    )
    db.session.add(person)
    db.session.commit()
    return person.id


def a_member(organisation: int, kind: str, role: str, email: str = "") -> int:
    """A person with one role in an organisation."""
    person = a_person(email)
    db.session.add(Membership(person_id=person, organisation_id=organisation, kind=kind, role=role))
    db.session.commit()
    return person


def a_register(kind: str = "companies") -> int:
    """A public register in force, with nobody on it. Returns the id of its edition."""
    facts = {"kind": kind, "series": kind, "title": kind.title(), "licence": "", "filename": "", "sha256": ""}
    edition = Edition(state="ready", loaded_at=now(), **facts)
    db.session.add(edition)
    db.session.commit()
    return edition.id


def add_up(anchor: int) -> None:
    """Where monthly sums were written by hand: what the roll-up keeps of them by month and by payee."""
    for ledger in db.session.scalars(select(Ledger).where(Ledger.organisation_id == anchor).order_by(Ledger.id)):
        rollups.sum_up(ledger)
    db.session.commit()


def a_lot(anchor: int, title: str = "Ward catering", **facts: Any) -> int:
    """An open lot with one need; `needs`, `gates` and `asks` take tuples."""
    needs = facts.pop("needs", (("catering", "55520000", "meals a day", 100, 10_000_000),))
    gates = facts.pop("gates", ())
    asks = facts.pop("asks", ())
    value = sum(need[4] for need in needs)
    plain: dict[str, Any] = {
        "description": "Freshly cooked meals for wards",
        "cpv": "55520000",
        "value_pence": value,
        "state": "open",
        "deadline_on": date(2030, 1, 31),
        "postcode": "B18 7QH",
    }
    lot = Lot(organisation_id=anchor, title=title, **{**plain, **facts})
    lot.needs = [
        Need(name=name, cpv=cpv, unit=unit, units=units, value_pence=pence) for name, cpv, unit, units, pence in needs
    ]
    lot.gates = [Gate(kind=kind, name=name, amount_pence=amount) for kind, name, amount in gates]
    lot.asks = [AskedValue(measure=measure, quantity=number, weight_percent=weight) for measure, number, weight in asks]
    db.session.add(lot)
    db.session.commit()
    return lot.id
