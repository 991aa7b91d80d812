"""What the figures of anchors are made of, where they agreed to show it: by district and kind, never by payee."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..places import Area, outward_code
from ..spend import verdict
from ..spend.disclosure import NOTHING, Paid, withheld
from ..spend.kinds import PERSON, PUBLIC, VCSE
from . import place_known, shares, spend_rows

LARGEST = 10


@dataclass(frozen=True)
class DistrictMoney:
    """What shown anchors certainly paid in one district of the area, and how many of them."""

    district: str
    pence: int
    anchors: int


@dataclass(frozen=True)
class MoneyMap:
    """Money by district, most first; other districts together, where one alone would show what a payee got."""

    rows: tuple[DistrictMoney, ...]
    other_pence: int
    other_districts: int

    @property
    def pence(self) -> int:
        return sum(row.pence for row in self.rows) + self.other_pence


@dataclass(frozen=True)
class Makeup:
    """How one anchor's spend of a year divides among payees; None where telling would show what one of them got.

    concentration  the sum of the squares of the payees' shares, from near 0 (many alike) to 1 (one gets all)
    largest        the share of the ten largest payees
    vcse           the share of charities and social enterprises, as far as evidence tells
    """

    year: int
    pence: int
    payees: int
    concentration: float | None
    largest: float | None
    vcse: float | None


def money_by_district(anchors: Sequence[int], area: Area) -> MoneyMap:
    """Certain local money of anchors that agreed to show it, by postcode district of the area."""
    sums: dict[str, list[int]] = defaultdict(list)
    others: dict[str, int] = defaultdict(int)
    for anchor in anchors:
        districts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for row in _rows(anchor, area):
            if row.district:
                districts[row.district][row.payee] += row.pence
        paid = {district: _paid(payees.values()) for district, payees in districts.items()}
        hidden = withheld(paid)
        for district, cell in paid.items():
            if district in hidden:
                others[district] += cell.pence
            else:
                sums[district].append(cell.pence)
    rows = [DistrictMoney(district, sum(pence), len(pence)) for district, pence in sums.items()]
    rows.sort(key=lambda row: (-row.pence, row.district))
    return MoneyMap(tuple(rows), sum(others.values()), len(others))


def makeup(anchor_id: int) -> list[Makeup]:
    """How an anchor's spend divides among its payees, year by calendar year, oldest first."""
    years: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    groups: dict[str, str] = {}
    for row in _rows(anchor_id, None):
        years[row.month.year][row.payee] += row.pence
        groups[row.payee] = row.group
    return [_makeup(year, years[year], groups) for year in sorted(years)]


def _makeup(year: int, payees: dict[str, int], groups: dict[str, str]) -> Makeup:
    positive = {payee: pence for payee, pence in payees.items() if pence > 0}
    whole = sum(positive.values())
    suppliers = {payee: pence for payee, pence in positive.items() if groups.get(payee) not in (PUBLIC, PERSON)}
    vcse = _paid(pence for payee, pence in positive.items() if groups.get(payee) == VCSE)
    rest = _paid(pence for payee, pence in positive.items() if groups.get(payee) != VCSE)
    largest = sorted(suppliers.values(), reverse=True)[:LARGEST]
    supplied = sum(suppliers.values())
    tells = _paid(suppliers.values()).is_safe and len(suppliers) > LARGEST
    return Makeup(
        year,
        whole,
        len(suppliers),
        sum((pence / supplied) ** 2 for pence in suppliers.values()) if tells else None,
        sum(largest) / supplied if tells else None,
        vcse.pence / whole if vcse.is_safe and rest.is_safe else None,
    )


def _paid(amounts: Iterable[int]) -> Paid:
    given = [pence for pence in amounts if pence]
    return Paid(sum(given), len(given), max(given, key=abs)) if given else NOTHING


@dataclass(frozen=True)
class _Row:
    """What a payee was paid in a month at a place; payee is the one that speaks for it.

    district  where it certainly is local; None elsewhere, in doubt, or where no area was asked about
    """

    month: date
    payee: str
    group: str
    pence: int
    district: str | None


def _rows(anchor: int, area: Area | None) -> Iterator[_Row]:
    """What counts of one anchor, without quarters held back."""
    gathered = spend_rows.gather(anchor)
    rows = gathered.rows
    hidden = place_known.held_back([anchor])
    payees, kinds, months = rows.cuts["supplier"], rows.cuts["kind"], rows.months
    districts = _districts(gathered, area) if area else [None] * len(gathered.spots)
    sums: dict[tuple[int, int, int, int], int] = defaultdict(int)
    for at in range(len(rows)):
        if not rows.excluded.values[rows.excluded.at[at]]:
            sums[months.at[at], payees.at[at], kinds.at[at], rows.spots[at]] += rows.pence[at]
    for (month_at, payee, kind, spot), pence in sums.items():
        month = months.values[month_at]
        if (anchor, shares.quarter_of(month)) not in hidden:
            group = str(kinds.values[kind]).split("/")[0]
            yield _Row(month, str(payees.values[payee]), group, pence, districts[spot])


def _districts(gathered: spend_rows.Gathered, area: Area) -> list[str | None]:
    """For each spot its postcode district, where money spent there is certainly local."""
    places = spend_rows.places_for(gathered, [area])
    found: list[str | None] = []
    for spot in gathered.spots:
        is_local, is_doubtful = verdict(spend_rows.payment_at(spot, places), area)
        found.append(outward_code(spot.postcode) if is_local and not is_doubtful and spot.postcode else None)
    return found
