"""How much of what anchors paid stayed in an area, from the monthly sums of their confirmed ledgers."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from sqlalchemy import and_, func, select

from ...extensions import db
from ...models import LedgerMonth, LedgerPayee, Payee
from ...places import UNKNOWN_PLACE, Area, Location
from ...spend import Payment, Share, local_share
from ...spend.cuts import quarter_of
from ...spend.exclusions import PASS_THROUGH, SALARIES, TRANSFERS, VAT, reads_handed_on, reads_like_pay
from ...spend.kinds import GRADES, KINDS, PUBLIC, UNKNOWN
from ...spend.placing import SOURCES
from ..reference.locations import locations_of
from . import spend_sums, spend_vat
from .spend_cells import Line, Sums
from .spend_rows import Gathered, gather

__all__ = [
    "KeptShare", "LocalShare", "Spend", "confirmed_pence", "local_spend", "pence_to_settle", "quarter_of", "share_of",
    "spend_of", "would_leave_out",
]  # fmt: skip
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Spend:
    """What one anchor paid in one month and category at one place, placed by one kind of evidence.

    postcode      None where the place is unknown
    source        what placed it: one of `spend.placing.SOURCES`; None where the place is unknown
    is_uncertain  it was placed at an office that many bodies share
    place         what the postcode directory says of the postcode
    branches      every place known of the payee, with whether it is uncertain
    """

    anchor_id: int
    month: date
    category: str
    postcode: str | None
    pence: int
    payments: int
    source: str | None = None
    is_uncertain: bool = False
    place: Location = UNKNOWN_PLACE
    branches: tuple[tuple[Location, bool], ...] = ()


class LocalShare:
    """The local share of some spend in one area, whole and cut; every cut adds up to the whole."""

    def __init__(self, spend: tuple[Spend, ...], area: Area) -> None:
        self._spend = spend
        self.area = area

    @property
    def spend(self) -> tuple[Spend, ...]:
        return self._spend

    @cached_property
    def whole(self) -> Share:
        return share_of(self.spend, self.area)

    @cached_property
    def months(self) -> list[tuple[date, Share]]:
        """Oldest first."""
        return sorted(self._by([(row.month, row) for row in self.spend]).items())

    @cached_property
    def quarters(self) -> list[tuple[date, Share]]:
        """By the first day of the quarter, oldest first."""
        sums: dict[date, Share] = {}
        for month, share in self.months:
            sums[quarter_of(month)] = sums.get(quarter_of(month), Share()) + share
        return sorted(sums.items())

    @cached_property
    def categories(self) -> list[tuple[str, Share]]:
        """Most money first; "" stands for no category given."""
        cut = self._by([(row.category, row) for row in self.spend])
        return sorted(cut.items(), key=lambda pair: (-pair[1].total, pair[0]))

    @cached_property
    def sources(self) -> list[tuple[str | None, Share]]:
        """By what placed the money, the best evidence first and last, under None, what is not placed."""
        cut = self._by([(row.source, row) for row in self.spend])
        return [(source, cut[source]) for source in (*SOURCES, None) if source in cut]

    @cached_property
    def payments(self) -> int:
        return sum(row.payments for row in self.spend)

    def _by(self, keyed: Sequence[tuple[Key, Spend]]) -> dict[Key, Share]:
        groups: dict[Key, list[Spend]] = {}
        for key, row in keyed:
            groups.setdefault(key, []).append(row)
        return {key: share_of(rows, self.area) for key, rows in groups.items()}


class KeptShare(LocalShare):
    """The same for all that counts of one anchor, from sums that are kept ready or were just worked out."""

    def __init__(self, of: int, area: Area, sums: Sums) -> None:
        super().__init__((), area)
        self.of = of
        self.sums = sums

    @property
    def as_of(self) -> datetime | None:
        """When these figures were worked out, where something changed since; None where they are as the world is."""
        return self.sums.as_of

    @property
    def spend(self) -> tuple[Spend, ...]:
        return tuple(spend_of([self.of]))

    def cut(self, name: str, first: date | None = None, last: date | None = None) -> list[Line]:
        """One of `spend.cuts.CUTS`: (key, share, payments) by key, in a period where months are given."""
        return self.sums.cut(name, first, last)

    @cached_property
    def _months(self) -> list[tuple[date, Share, int]]:
        return self.sums.months()

    @cached_property
    def whole(self) -> Share:
        return sum((share for _, share, _ in self._months), Share())

    @cached_property
    def months(self) -> list[tuple[date, Share]]:
        return [(month, share) for month, share, _ in self._months]

    @cached_property
    def categories(self) -> list[tuple[str, Share]]:
        return sorted(_shares(self.cut("category")), key=lambda pair: (-pair[1].total, pair[0]))

    @cached_property
    def sources(self) -> list[tuple[str | None, Share]]:
        found = dict(_shares(self.cut("source")))
        return [(source, found[source or ""]) for source in (*SOURCES, None) if (source or "") in found]

    @cached_property
    def kinds(self) -> list[tuple[tuple[str, str | None], Share]]:
        """By kind of payee and grade of evidence, in a fixed order."""
        found = dict(_shares(self.cut("kind")))
        order = [(group, grade) for group in KINDS if group != UNKNOWN for grade in GRADES]
        keys = {f"{group}/{grade}": (group, grade) for group, grade in order}
        named: dict[str, tuple[str, str | None]] = {**keys, UNKNOWN: (UNKNOWN, None)}
        return [(told, found[key]) for key, told in named.items() if key in found]

    @cached_property
    def payments(self) -> int:
        return sum(payments for _, _, payments in self._months)

    @cached_property
    def excluded(self) -> list[Line]:
        """What is left out, by rule; with the whole it is the confirmed ledgers with the VAT they tell apart."""
        return self.cut("excluded")


def _shares(lines: Sequence[Line]) -> list[tuple[str, Share]]:
    return [(key, share) for key, share, _ in lines]


def would_leave_out(found: KeptShare) -> dict[str, int]:
    """What each rule would take of the pence that count now; for money passed on, what categories propose."""
    kinds, categories = found.kinds, found.categories
    return {
        VAT: spend_vat.told_vat(found.of),
        TRANSFERS: sum(share.total for (group, _), share in kinds if group == PUBLIC),
        SALARIES: sum(share.total for category, share in categories if reads_like_pay(category)),
        PASS_THROUGH: sum(share.total for category, share in categories if reads_handed_on(category)),
    }


def share_of(spend: Sequence[Spend], area: Area) -> Share:
    """The three parts of some spend, which add up to every penny of it."""
    return local_share((Payment(row.pence, row.place, row.is_uncertain, row.branches) for row in spend), area)


def local_spend(of: int, area: Area) -> KeptShare:
    """The local share of what counts of one anchor's confirmed spend."""
    return KeptShare(of, area, spend_sums.sums_for(of, area))


def spend_of(anchors: Sequence[int]) -> list[Spend]:
    """Confirmed spend that counts, by month, category, place and what placed it there, in that order.

    A payment is placed by the best evidence there is now: see `payee_places`. `local_spend` is many times faster.
    """
    return [row for anchor in anchors for row in _spend_of(anchor, gather(anchor))]


def _spend_of(anchor: int, gathered: Gathered) -> list[Spend]:
    rows, places = gathered.rows, locations_of(gathered.postcodes)
    categories = rows.cuts["category"]
    sums: dict[tuple[int, int, int], list[int]] = {}
    for at in range(len(rows)):
        if not rows.excluded.values[rows.excluded.at[at]]:
            total = sums.setdefault((rows.months.at[at], categories.at[at], rows.spots[at]), [0, 0])
            total[0] += rows.pence[at]
            total[1] += rows.payments[at]
    found: dict[tuple[date, str, str, str, bool, tuple[tuple[str, bool], ...]], list[int]] = {}
    for (month, category, spot_at), (pence, payments) in sums.items():
        spot = gathered.spots[spot_at]
        told = (spot.postcode or "", spot.source or "", spot.is_doubtful, spot.branches)
        kept = found.setdefault((rows.months.values[month], categories.values[category], *told), [0, 0])
        kept[0] += pence
        kept[1] += payments
    return [
        Spend(
            anchor, month, category, postcode or None, pence, payments, source or None, doubt,
            places.get(postcode, UNKNOWN_PLACE), tuple((places[where], unsure) for where, unsure in branches),
        )
        for (month, category, postcode, source, doubt, branches), (pence, payments) in sorted(found.items())
    ]  # fmt: skip


def confirmed_pence(of: int) -> int:
    """Everything that counts for an anchor."""
    return int(db.session.scalar(select(func.sum(LedgerMonth.pence)).where(LedgerMonth.organisation_id == of)) or 0)


def pence_to_settle(of: int) -> tuple[int, int]:
    """How many payees wait for a person, and what they were paid."""
    number, pence = db.session.execute(
        select(func.count(func.coalesce(Payee.merged_into_id, Payee.id).distinct()), func.sum(LedgerPayee.pence))
        .join(LedgerPayee, and_(LedgerPayee.payee_id == Payee.id, LedgerPayee.organisation_id == of))
        .where(Payee.organisation_id == of, Payee.state == "review")
    ).one()
    return int(number), int(pence or 0)
