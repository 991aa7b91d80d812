"""All that an anchor paid, row by row as the cuts want it: who, where, what kind, and which rule leaves it out."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import func, select

from ...extensions import db
from ...models import Deprivation, MonthlySpend, PostcodePlace
from ...places import UNKNOWN_PLACE, Area, Location
from ...spend import Payment, verdict
from ...spend.cuts import NO_DECILE
from ...spend.exclusions import VAT, InForce
from ...spend.kinds import Kind
from ...spend.placing import DELIVERY, LINE, OFFICE, PROFILE, TRADING
from ...spend.tally import Codes, Rows, side_of
from ..payees import payee_kinds, payee_places, payee_suppliers
from ..reference.locations import AT_ONCE, locations_of
from . import spend_divisions, spend_rules

LAST_2011_YEAR = 2019
"""The indices of this year and before are by neighbourhoods of the census of 2011."""
STREAMED = 20_000


@dataclass(frozen=True)
class Spot:
    """One payee paid at one place: the best that is known of where, and every other place it has.

    source       what placed it; None where nothing did
    is_doubtful  it was placed at an address that many share
    branches     (postcode, whether that is doubtful) of every place known of the payee
    """

    payee_id: int
    postcode: str | None
    source: str | None
    is_doubtful: bool
    branches: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Gathered:
    """The rows of one anchor and its spots, which the rows name by their place in the list; and what its payees are."""

    rows: Rows
    spots: Sequence[Spot]
    kinds: Mapping[int, Kind]

    @cached_property
    def postcodes(self) -> set[str]:
        here = {spot.postcode for spot in self.spots if spot.postcode}
        return here | {postcode for spot in self.spots for postcode, _ in spot.branches}

    def sides(self, area: Area, places: dict[str, Location]) -> list[int]:
        """For each spot whether it is local, as `tally` takes it."""
        return [side_of(*verdict(payment_at(spot, places), area)) for spot in self.spots]


def payment_at(spot: Spot, places: dict[str, Location], pence: int = 0) -> Payment:
    """Money paid at a spot, as the ground places it; places has every postcode of the spot."""
    place = places.get(spot.postcode or "", UNKNOWN_PLACE)
    return Payment(pence, place, spot.is_doubtful, tuple((places[where], doubt) for where, doubt in spot.branches))


def places_for(gathered: Gathered, areas: Iterable[Area], *, before: bool = False) -> dict[str, Location]:
    """Where the postcodes lie, as far as these areas ask."""
    if any(area.needs_directory for area in areas):
        return locations_of(gathered.postcodes, before=before)
    return {postcode: Location(postcode=postcode) for postcode in gathered.postcodes}


class _Coded:
    """Turns values into their places in a list, in the order they come."""

    def __init__(self) -> None:
        self.places: dict[Any, int] = {}
        self.at: array[int] = array("q")

    def add(self, value: Any) -> int:
        place = self.places.setdefault(value, len(self.places))
        self.at.append(place)
        return place

    def repeat(self, rows: Iterable[int]) -> None:
        """Add what some rows have once more, at the end."""
        self.at.extend([self.at[row] for row in rows])

    def codes(self, values: Sequence[Any] | None = None) -> Codes:
        return Codes(self.at, list(self.places) if values is None else values)


def gather(of: int) -> Gathered:
    """Every row of an anchor's roll-up with all that cuts ask about it."""
    coded = [_Coded() for _ in range(5)]
    months, categories, departments, bands, pairs = coded
    pence, payments = array("q"), array("q")
    vat_of, vat = array("q"), array("q")
    for number, row in enumerate(_stream(of)):
        months.add(row[0])
        categories.add(row[1])
        departments.add(row[2])
        bands.add(row[3])
        pairs.add((row[4], row[5]))
        pence.append(row[6] - row[9])
        payments.append(row[7])
        if row[8]:
            vat_of.append(number)
            vat.append(row[8])
    for each in coded:
        each.repeat(vat_of)
    pence.extend(vat)
    payments.extend([0] * len(vat))
    spots = spots_of(of, list(pairs.places))
    kinds = payee_kinds.kinds_of(of)
    names = list(categories.places)
    excluded = _excluded(spend_rules.in_force(of), pairs, spots, kinds, categories, names, len(vat))
    cuts = {
        "category": categories.codes(),
        "bought": _of_each(categories, spend_divisions.keys_of(of, names)),
        "department": departments.codes(),
        "size_band": bands.codes(),
        "kind": _of_each(pairs, [kind_key(kinds[spot.payee_id]) for spot in spots]),
        "sme": _of_each(
            pairs, [{True: "yes", False: "no", None: "unknown"}[kinds[spot.payee_id].is_sme] for spot in spots]
        ),
        "source": _of_each(pairs, [spot.source or "" for spot in spots]),
        "decile": _of_each(pairs, _deciles(spots)),
        "supplier": _of_each(pairs, _suppliers(of, spots)),
    }
    return Gathered(
        Rows(pence, payments, months.codes(), pairs.at, excluded, cuts, len(vat)),
        spots,
        kinds,
    )


def kind_key(kind: Any) -> str:
    """The group and the grade of its evidence: vcse/register"""
    return f"{kind.group}/{kind.grade}" if kind.grade else str(kind.group)


def _stream(of: int) -> Iterable[Any]:
    query = select(
        MonthlySpend.month,
        MonthlySpend.category,
        MonthlySpend.department,
        MonthlySpend.size_band,
        MonthlySpend.payee_id,
        MonthlySpend.postcode,
        MonthlySpend.pence,
        MonthlySpend.payments,
        MonthlySpend.vat_pence,
        MonthlySpend.vat_within_pence,
    ).where(MonthlySpend.organisation_id == of)
    return db.session.execute(query, execution_options={"yield_per": STREAMED})


def _of_each(coded: _Coded, keys: list[str]) -> Codes:
    """A fact of spots, or of categories, as a fact of rows."""
    known = _Coded()
    by_place = [known.add(key) for key in keys]
    return Codes(array("q", map(by_place.__getitem__, coded.at)), list(known.places))


def spots_of(of: int, pairs: list[tuple[int, str]]) -> list[Spot]:
    """For each payee and postcode of a line ("" where it gives none): where that money was spent."""
    placed = payee_places.placed_payees([of])
    known = {row.id: row for row in db.session.execute(select(placed).where(placed.c.organisation_id == of))}
    shared = set(db.session.scalars(select(payee_places.shared_postcodes().c.postcode)))
    return [_spot(known[payee_id], line, shared) for payee_id, line in pairs]


def _spot(payee: Any, line: str, shared: set[str]) -> Spot:
    said = [
        (LINE, line),
        (DELIVERY, payee.delivery),
        (TRADING, payee.trading),
        (PROFILE, payee.profile),
        (OFFICE, payee.office),
    ]
    found = []
    for source, written in said:
        if written:
            is_office_shared = payee.office_is_shared or (payee.office_is_vague and written in shared)
            doubt = is_office_shared if source == OFFICE else source in (LINE, PROFILE) and written in shared
            found.append((source, payee_places.readable(written), bool(doubt)))
    best = found[0] if found else (None, None, False)
    branches = {(postcode, doubt): None for _, postcode, doubt in found if postcode}
    if best[1] is None:
        return Spot(payee.id, None, None, False, tuple(branches))
    return Spot(payee.id, best[1], best[0], best[2], tuple(branches))


def _excluded(
    rules: InForce,
    pairs: _Coded,
    spots: list[Spot],
    kinds: dict[int, Any],
    categories: _Coded,
    names: list[str],
    vat: int,
) -> Codes:
    """Which rule leaves each row out; asked once for every kind of payee and category that meet. `vat`: as in Rows."""
    is_vat_out = bool(vat) and rules.leaves_out_vat
    if not rules.leaves_out_lines:
        whole = len(pairs.at)
        at = array("q", bytes(8 * whole))
        if is_vat_out:
            at[whole - vat :] = array("q", [1]) * vat
        return Codes(at, ("", VAT) if is_vat_out else ("",))
    groups = [kinds[spot.payee_id].group for spot in spots]
    known: dict[tuple[str, int], str] = {}
    coded = _Coded()
    for pair, category in zip(pairs.at, categories.at, strict=True):
        asked = (groups[pair], category)
        if asked not in known:
            known[asked] = rules.rule_for(groups[pair], names[category])
        coded.add(known[asked])
    if is_vat_out:
        place = coded.places.setdefault(VAT, len(coded.places))
        coded.at[len(coded.at) - vat :] = array("q", [place]) * vat
    return coded.codes()


def _suppliers(of: int, spots: list[Spot]) -> list[str]:
    """The payee that speaks for the supplier of each spot."""
    heads = payee_suppliers.heads_of(of)
    return [str(heads[spot.payee_id]) for spot in spots]


def decile_year() -> int | None:
    """The newest indices of deprivation that are loaded."""
    return db.session.scalar(select(func.max(Deprivation.year)))


def _deciles(spots: list[Spot]) -> list[str]:
    year = decile_year()
    if year is None:
        return [NO_DECILE] * len(spots)
    wanted = sorted({spot.postcode for spot in spots if spot.postcode})
    lsoa = PostcodePlace.lsoa_2011 if year <= LAST_2011_YEAR else PostcodePlace.lsoa
    tenths: dict[str, int] = {}
    query = select(PostcodePlace.postcode, Deprivation.decile).join(Deprivation, Deprivation.lsoa == lsoa)
    for start in range(0, len(wanted), AT_ONCE):
        part = PostcodePlace.postcode.in_(wanted[start : start + AT_ONCE])
        tenths |= {
            postcode: tenth for postcode, tenth in db.session.execute(query.where(Deprivation.year == year, part))
        }
    return [str(tenths.get(spot.postcode or "", NO_DECILE)) for spot in spots]
