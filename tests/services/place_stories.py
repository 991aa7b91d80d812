"""Stories about a place: anchors that agreed as much as they like, with confirmed money quarter by quarter."""

from datetime import date
from itertools import count

from procure.extensions import db
from procure.models import MonthlySpend, Payee
from procure.services.actors import Actor
from procure.services.place import watching

from .. import factories
from .places import a_ledger

_numbers = count(1)


def actor_of(organisation: int) -> Actor:
    return Actor(factories.a_person(), "Ann", "ann@example.org", organisation, "Org")


def paid(anchor: int, *lines: tuple[str, date, int]) -> None:
    """A confirmed ledger of (postcode, month, pence), each line to a payee of its own."""
    ledger = a_ledger(anchor)
    for postcode, month, pence in lines:
        payee = Payee(organisation_id=anchor, name=f"Secret Payee {next(_numbers)} Ltd")
        db.session.add(payee)
        db.session.flush()
        db.session.add(
            MonthlySpend(
                organisation_id=anchor, ledger_id=ledger, payee_id=payee.id, month=month,
                category="Secret category", postcode=postcode, payments=1, pence=pence,
            )
        )  # fmt: skip
    factories.add_up(anchor)


def months_of(quarter: date) -> list[date]:
    return [date(quarter.year, quarter.month + step, 1) for step in range(3)]


def a_quarter(anchor: int, quarter: date, *, local: int = 40_00, away: int = 50_00, unknown: int = 10_00) -> None:
    """Money in each month of a quarter: local in B18, away in M1, and unplaced."""
    amounts = (("B18 5AA", local), ("M1 1AE", away), ("", unknown))
    paid(anchor, *((where, month, pence) for month in months_of(quarter) for where, pence in amounts if pence))


def a_place(anchors: int, level: str = "totals") -> tuple[Actor, list[Actor]]:
    """A place authority with its area, B18 and B19, and officers of anchors that agreed."""
    place = actor_of(factories.an_anchor("Council"))
    officers = [actor_of(factories.an_anchor()) for _ in range(anchors)]
    for officer in officers:
        watching.ask(officer.acting_for, by=place)
        watching.agree(place.acting_for, by=officer, level=level)
    db.session.commit()
    return place, officers
