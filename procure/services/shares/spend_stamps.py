"""What is kept of an anchor's spend, under which key, and whether it is still what the world says."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select

from ...extensions import db
from ...models import CategoryDivision, Edition, Enterprise, Ledger, Payee, PayeeSite, SpendRule, SpendSums
from ...places import Area
from ..payees import payee_suppliers
from . import place_known

WAY = "7"
"""Part of every stamp: another number has everything worked out again, as another cut or other word weights ask."""
SMALL = 20_000
"""Up to so many monthly sums a page works them out itself rather than show what is out of date."""
CELLS, BEFORE, ROUNDS, DETAIL = "", "/before", "/lm3", "/detail"
"""How the key of an area ends: its cells, its cells by the boundaries before the newest edition, first rounds of LM3,
and what the anchor's figures are made of, for a place."""


def key_of(area: Area, what: str = CELLS) -> str:
    return area.key + what


def find(of: int, area: Area, what: str = CELLS) -> SpendSums | None:
    """What a job kept of an area, of today or not."""
    return db.session.scalar(
        select(SpendSums).where(SpendSums.organisation_id == of, SpendSums.area_key == key_of(area, what))
    )


def count_rows(of: int) -> int:
    """How many monthly sums an anchor has."""
    return int(db.session.scalar(select(func.sum(Ledger.sums_count)).where(*_counting(of))) or 0)


def _counting(of: int) -> tuple[ColumnElement[bool], ...]:
    return Ledger.organisation_id == of, Ledger.state == "confirmed"


def stamp(of: int) -> str:
    """What the sums depend on, in few words: it is another as soon as a ledger, payee, site, profile, register or rule
    is."""
    enterprises = select(Payee.enterprise_id).where(Payee.organisation_id == of, Payee.enterprise_id.is_not(None))
    queries = (
        select(func.count(), func.sum(Ledger.sums_version), func.sum(Ledger.total_pence)).where(*_counting(of)),
        select(func.count(), func.sum(PayeeSite.id)).where(
            PayeeSite.organisation_id == of, PayeeSite.ended_at.is_(None)
        ),
        select(func.count(), func.sum(Enterprise.version)).where(Enterprise.organisation_id.in_(enterprises)),
        select(func.count(), func.max(SpendRule.id)).where(
            SpendRule.organisation_id == of, SpendRule.ended_at.is_(None)
        ),
        select(func.count(), func.max(CategoryDivision.id)).where(
            CategoryDivision.organisation_id == of, CategoryDivision.ended_at.is_(None)
        ),
        select(func.count(), func.max(Edition.loaded_at)).where(Edition.loaded_at.is_not(None)),
    )
    told = [str(value or 0) for query in queries for value in db.session.execute(query).one()]
    return "/".join([WAY, *map(str, payee_suppliers.standing_of(of)), *told])


def held_back(of: int) -> list[date]:
    """Quarters of an anchor that no place may see by themselves, oldest first."""
    return sorted(quarter for _, quarter in place_known.held_back([of]))


def stamp_without(fresh: str, quarters: Sequence[date]) -> str:
    """The stamp of what is worked out without some quarters: another as soon as these are others.

    fresh  what `stamp` says
    """
    return "/".join([fresh, "without", *(quarter.isoformat() for quarter in quarters)])
