"""The directory of enterprises, as a buyer reads it."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...extensions import db
from ...models import Capability, Decision, Enterprise, Holding, Lot, Organisation
from ..errors import NotFoundError
from .disclosure import interested_in, shares_details
from .offers import district_of


class StatementSearch:
    """Looks in every capability statement of an enterprise, the way a column is looked in."""

    def ilike(self, pattern: str, escape: str | None = None) -> ColumnElement[bool]:
        said = select(Capability.id).where(
            Capability.organisation_id == Enterprise.organisation_id,
            Capability.statement.ilike(pattern, escape=escape),
        )
        return said.exists()


@dataclass(frozen=True)
class Profile:
    """An enterprise and whether this anchor may see its contact, turnover and amounts of insurance."""

    enterprise: Enterprise
    shares_details: bool


def everyone() -> Select[Any]:
    """Every enterprise that has not been suspended, by name."""
    return (
        select(Enterprise)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Organisation.suspended_at.is_(None))
        .options(joinedload(Enterprise.organisation), selectinload(Enterprise.capabilities))
        .order_by(Organisation.name, Organisation.id)
    )


def find_profile(enterprise_id: int, *, of: int) -> Profile:
    """One enterprise as the anchor may see it.

    errors  NotFoundError
    """
    enterprise = db.session.scalar(everyone().where(Enterprise.organisation_id == enterprise_id))
    if enterprise is None:
        raise NotFoundError
    return Profile(enterprise, shares_details(enterprise, interested_in(of)))


def dealings(enterprise_id: int, *, of: int) -> list[tuple[Decision, Lot]]:
    """What this anchor decided about an enterprise, the newest first, with the lot."""
    query = (
        select(Decision, Lot)
        .join(Lot, Lot.id == Decision.lot_id)
        .where(Decision.organisation_id == of, Decision.enterprise_id == enterprise_id)
        .order_by(Decision.id.desc())
    )
    return [(decision, lot) for decision, lot in db.session.execute(query)]


def districts() -> list[str]:
    """Postcode districts where enterprises are based or work, in order: B2 before B10."""
    written = db.session.execute(
        select(Organisation.postcode, Enterprise.outcodes)
        .join(Enterprise, Enterprise.organisation_id == Organisation.id)
        .where(Organisation.suspended_at.is_(None))
    )
    found = {district for postcode, outcodes in written for district in (district_of(postcode), *outcodes) if district}
    return sorted(found, key=_in_order)


def certificates() -> list[str]:
    """Names of the certificates enterprises hold."""
    names = select(Holding.name).where(Holding.kind == "certificate").distinct().order_by(Holding.name)
    return list(db.session.scalars(names))


def based_or_working_in(district: str) -> ColumnElement[bool]:
    return or_(
        Organisation.postcode == district,
        Organisation.postcode.like(f"{district} %"),
        cast(Enterprise.outcodes, String).like(f'%"{district}"%'),
    )


def holds(certificate: str, *, on: date | None = None) -> ColumnElement[bool]:
    """Holds a certificate that runs on the day, today by default."""
    held = select(Holding.id).where(
        Holding.organisation_id == Enterprise.organisation_id,
        Holding.kind == "certificate",
        Holding.name == certificate,
        or_(Holding.expires_on.is_(None), Holding.expires_on >= (on or date.today())),
    )
    return held.exists()


def _in_order(district: str) -> tuple[str, int, str]:
    """By letters, then by number: B2 before B10."""
    letters = "".join(takewhile(str.isalpha, district))
    digits = "".join(takewhile(str.isdigit, district[len(letters) :]))
    return letters, int(digits or 0), district
