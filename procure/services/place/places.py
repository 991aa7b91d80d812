"""What a place authority sees: totals of anchors that agreed, enterprises and open lots. Never a payee."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from ...extensions import db
from ...models import Enterprise, Lot, Organisation
from ...models.enterprises import LEGAL_FORMS
from ...places import Area, outward_code
from ...spend import Share
from ..ranking import matches
from ..shares import place_known, shares
from . import watching

STEPS = ("quarter", "month")
KINDS = {
    "cic": "Community interest company",
    "charity": "Charity",
    "cio": "Charitable incorporated organisation",
    "cooperative": "Co-operative",
    "social_enterprise": "Social enterprise",
    "company": "Company",
    "sole_trader": "Sole trader",
    "partnership": "Partnership",
    "other": "Other",
}


@dataclass(frozen=True)
class AnchorShare:
    """One anchor's local share in the place's own area, whole and over time."""

    anchor: Organisation
    whole: Share
    periods: dict[date, Share]
    months: tuple[tuple[date, Share], ...] = ()
    """Oldest first, whatever the periods are."""
    as_of: datetime | None = None
    """As of a shown share."""

    @property
    def by_month(self) -> "AnchorShare":
        """The same with months as periods."""
        return replace(self, periods=dict(self.months))


@dataclass(frozen=True)
class ShownShare:
    """What a place sees of one anchor, month by month, oldest first.

    as_of  when it was worked out, where something changed since; None where it is as the world is
    """

    months: tuple[tuple[date, Share], ...]
    as_of: datetime | None = None

    @property
    def whole(self) -> Share:
        return sum((share for _, share in self.months), Share())

    @property
    def quarters(self) -> list[tuple[date, Share]]:
        sums: dict[date, Share] = {}
        for month, share in self.months:
            quarter = shares.quarter_of(month)
            sums[quarter] = sums.get(quarter, Share()) + share
        return sorted(sums.items())


@dataclass(frozen=True)
class OpenLots:
    """Lots open to local supply: how many, worth how much as far as buyers said, and the gaps."""

    number: int
    value_pence: int
    without_value: int
    without_local_supply: int
    """Lots for which matching found no likely local enterprise; lots not yet matched are not counted."""


def shown_spend(anchors: Sequence[int], area: Area) -> dict[int, ShownShare]:
    """Anchor > its share as a place may see it: without the quarters that are held back for others' sake."""
    hidden = place_known.held_back(anchors)
    found = {}
    for anchor in anchors:
        kept = shares.local_spend(anchor, area)
        months = ((month, share) for month, share in kept.months if (anchor, shares.quarter_of(month)) not in hidden)
        found[anchor] = ShownShare(tuple(months), kept.as_of)
    return found


def anchor_shares(place_id: int, area: Area) -> list[AnchorShare]:
    """The share of every anchor that shows its figures, by name, with quarters as periods."""
    anchors = watching.agreed_anchors(place_id)
    found = shown_spend([anchor.id for anchor in anchors], area)
    return [
        AnchorShare(anchor, mine.whole, dict(mine.quarters), mine.months, mine.as_of)
        for anchor in anchors
        for mine in [found[anchor.id]]
    ]


def periods_of(anchors: Sequence[AnchorShare]) -> list[date]:
    """Every period some anchor has spend in, oldest first."""
    return sorted({period for anchor in anchors for period in anchor.periods})


def is_based_in(outcodes: Sequence[str]) -> ColumnElement[bool]:
    """Whether an organisation's own postcode lies in these districts."""
    return or_(false(), *(func.upper(Organisation.postcode).like(f"{code} %") for code in sorted(outcodes)))


def enterprises_in(outcodes: Sequence[str]) -> Select[Enterprise, Organisation]:
    """Registered enterprises based in these districts, with their organisation."""
    return (
        select(Enterprise, Organisation)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Organisation.suspended_at.is_(None), is_based_in(outcodes))
        .order_by(Organisation.name, Organisation.id)
    )


def count_enterprises(outcodes: Sequence[str]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Enterprises by kind, in a fixed order, and by district, most first."""
    kinds: Counter[str] = Counter()
    districts: Counter[str] = Counter()
    for enterprise, organisation in db.session.execute(enterprises_in(outcodes)):
        kinds[enterprise.legal_form] += 1
        districts[outward_code(str(organisation.postcode).upper())] += 1
    by_kind = [(KINDS[form], kinds[form]) for form in LEGAL_FORMS if kinds[form]]
    return by_kind, sorted(districts.items(), key=lambda pair: (-pair[1], pair[0]))


def lots_in(outcodes: Sequence[str]) -> ColumnElement[bool]:
    """Whether the work of a lot is done in these districts."""
    return or_(false(), *(or_(Lot.postcode == code, Lot.postcode.like(f"{code} %")) for code in sorted(outcodes)))


def open_lots(outcodes: Sequence[str], anchors: Sequence[int]) -> Select[Lot, Organisation]:
    """Lots that enterprises can still answer, with the anchor; the nearest deadline first.

    outcodes  lots whose work is done in these districts
    anchors   and lots of these anchors that do not say where
    """
    in_place = or_(and_(Lot.postcode.is_(None), Lot.organisation_id.in_(anchors)), lots_in(outcodes))
    return (
        select(Lot, Organisation)
        .join(Organisation, Organisation.id == Lot.organisation_id)
        .where(matches.still_taking_interest(), Organisation.suspended_at.is_(None), in_place)
        .order_by(Lot.deadline_on.is_(None), Lot.deadline_on, Lot.id)
    )


def sum_open_lots(outcodes: Sequence[str], anchors: Sequence[int]) -> OpenLots:
    """The same lots, counted."""
    lots = [lot for lot, _ in db.session.execute(open_lots(outcodes, anchors))]
    return OpenLots(
        number=len(lots),
        value_pence=sum(lot.value_pence or 0 for lot in lots),
        without_value=sum(lot.value_pence is None for lot in lots),
        without_local_supply=sum(lot.likely_local == 0 for lot in lots),
    )
