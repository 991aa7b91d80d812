"""The first round of LM3: what an anchor's confirmed ledgers paid in a period, and what may not count as such."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import current_app
from sqlalchemy import func, literal_column, select

from ..extensions import db
from ..models import Ledger, LocalArea, MonthlySpend, Payee
from ..places import Area, Location
from ..spend import Payment, Share, local_share
from ..spend.exclusions import PASS_THROUGH, RULES, SALARIES, TRANSFERS
from ..spend.kinds import PERSON, PUBLIC, Kind
from ..spend.private_names import ALREADY_HIDDEN, reason_to_redact
from ..spend.statutory import basis_of
from . import areas, payee_kinds, spend_rows, spend_rules, spend_sums
from .locations import locations_of
from .spend_rows import Spot

APRIL = 4
KEPT, MOST_KEPT = "first rounds of LM3", 8
HIDDEN, CREDITS = "hidden", "credits"
LEFT_OUT = {
    TRANSFERS: ("Payments to other public bodies", "Money between public bodies is not spent yet"),
    HIDDEN: ("Lines whose payee is hidden", "We cannot know where a hidden payee is, or ask it"),
    **{code: (RULES[code].name, RULES[code].why) for code in (SALARIES, PASS_THROUGH)},
    CREDITS: ("Payees that gave back as much as they were paid, or more", "They received nothing in this period"),
}  # fmt: skip
"""What is no part of the first round: in words, and why."""


@dataclass(frozen=True)
class Period:
    """Twelve months of payments: a financial year, or the twelve months to the last payment."""

    code: str
    words: str
    first: date
    last: date
    """The first day of its last month."""
    year: int
    """The last financial year that had ended when something was last paid; suppliers are asked about that one."""
    months_paid: int
    """In how many of its months something was paid."""


@dataclass(frozen=True)
class PaidParty:
    """A payee under all its names, and what its money did."""

    payee_id: int
    name: str
    kind: Kind
    share: Share


@dataclass(frozen=True)
class LeftOut:
    """Money that is no part of the first round, and why."""

    code: str
    pence: int
    payees: int

    @property
    def words(self) -> str:
        return LEFT_OUT[self.code][0]

    @property
    def why(self) -> str:
        return LEFT_OUT[self.code][1]


@dataclass(frozen=True)
class FirstRound:
    """What counts and what does not; the two add up to every penny of the period's confirmed ledgers."""

    parties: tuple[PaidParty, ...]
    left_out: tuple[LeftOut, ...]

    @cached_property
    def pence(self) -> int:
        return sum(party.share.total for party in self.parties)

    @property
    def ledger_pence(self) -> int:
        return self.pence + sum(each.pence for each in self.left_out)

    @cached_property
    def persons_pence(self) -> int:
        """What counts and went to people; nobody asks them."""
        return sum(party.share.total for party in self.parties if party.kind.group == PERSON)


def periods(of: int) -> list[Period]:
    """The twelve months to the last payment, then financial years, newest first; none without confirmed payments."""
    months = sorted(db.session.scalars(select(MonthlySpend.month).where(MonthlySpend.organisation_id == of).distinct()))
    if not months:
        return []
    last = months[-1]
    years = [_year(year, months) for year in sorted({financial_year(month) for month in months}, reverse=True)]
    return years if last.month == APRIL - 1 else [_trailing(last, months), *years]


def find_period(code: str | None, *, of: int) -> Period | None:
    """The period of this code, or else the newest; None without confirmed payments."""
    found = periods(of)
    return next((each for each in found if each.code == code), found[0] if found else None)


def financial_year(month: date) -> int:
    """The year in whose April the financial year of this month begins."""
    return month.year - (month.month < APRIL)


def year_words(year: int) -> str:
    return f"April {year} to March {year + 1}"


def _year(year: int, months: list[date]) -> Period:
    first, last = date(year, APRIL, 1), date(year + 1, APRIL - 1, 1)
    return _period(f"{year}-{(year + 1) % 100:02d}", year_words(year), first, last, months)


def _trailing(last: date, months: list[date]) -> Period:
    first = date(last.year - 1, last.month + 1, 1) if last.month < 12 else date(last.year, 1, 1)
    return _period(f"to-{last:%Y-%m}", f"{first:%B %Y} to {last:%B %Y}", first, last, months)


def _period(code: str, words: str, first: date, last: date, months: list[date]) -> Period:
    paid = [month for month in months if first <= month <= last]
    ended = financial_year(paid[-1]) - (paid[-1].month != APRIL - 1)
    return Period(code, words, first, last, ended, len(paid))


def first_round(of: int, area: LocalArea, period: Period) -> FirstRound:
    """Every payee of the period with what its money did in the area, and what is left out.

    Besides what can never count, the categories stay out that the anchor leaves out of its local share. Each process
    keeps the last few it worked out, as long as nothing has moved that money depends on.
    """
    shape = areas.shape(area)
    key = (of, shape.key, period.code, spend_sums.stamp(of))
    kept: dict[Any, FirstRound] = current_app.extensions.setdefault(KEPT, {})
    found = kept.pop(key, None) or _work_out(of, shape, period)
    kept[key] = found
    for oldest in list(kept)[:-MOST_KEPT]:
        kept.pop(oldest, None)
    return found


def _work_out(of: int, area: Area, period: Period) -> FirstRound:
    kinds, names, rules = payee_kinds.kinds_of(of), _names(of), spend_rules.in_force(of)
    never: dict[int, str | None] = {}
    out = {code: _Tally() for code in LEFT_OUT}
    paid: dict[int, list[Payment]] = defaultdict(list)
    for payment in _payments(of, area, period, by_category=bool(rules.categories)):
        head = payment.payee_id
        if head not in never:
            never[head] = _reason(names[head], kinds[head])
        code = never[head] or rules.rule_for(kinds[head].group, payment.category)
        if code:
            out[code].add(head, payment.money.pence)
        else:
            paid[head].append(payment.money)
    counted: list[PaidParty] = []
    for head, payments in paid.items():
        share = local_share(payments, area)
        if share.total > 0:
            counted.append(PaidParty(head, names[head], kinds[head], share))
        else:
            out[CREDITS].add(head, share.total)
    counted.sort(key=lambda party: (-party.share.total, party.payee_id))
    return FirstRound(tuple(counted), tuple(LeftOut(code, sums.pence, len(sums.payees)) for code, sums in out.items()))


class _Tally:
    """Money and whose it is."""

    def __init__(self) -> None:
        self.pence, self.payees = 0, set[int]()

    def add(self, payee_id: int, pence: int) -> None:
        self.pence += pence
        self.payees.add(payee_id)


def _reason(name: str, kind: Kind) -> str | None:
    """Why nothing paid to a payee can be part of the first round; None where it can."""
    if reason_to_redact(name) == ALREADY_HIDDEN:
        return HIDDEN
    return TRANSFERS if kind.group == PUBLIC else None


@dataclass(frozen=True)
class _Payment:
    """Money of a payee (that speaks for all its names) in one category, placed."""

    payee_id: int
    category: str
    money: Payment


def _payments(of: int, area: Area, period: Period, *, by_category: bool) -> Iterator[_Payment]:
    category: Any = MonthlySpend.category if by_category else literal_column("''")
    keys = (MonthlySpend.payee_id, MonthlySpend.postcode, category)
    rows = db.session.execute(
        select(*keys, func.sum(MonthlySpend.pence))
        .where(MonthlySpend.organisation_id == of, MonthlySpend.month.between(period.first, period.last))
        .group_by(MonthlySpend.payee_id, MonthlySpend.postcode, *([MonthlySpend.category] if by_category else []))
    ).all()
    pairs = list(dict.fromkeys((row[0], row[1]) for row in rows))
    spots = dict(zip(pairs, spend_rows.spots_of(of, pairs), strict=True))
    places = _places(spots.values(), area)
    heads = _heads(of)
    for payee, postcode, named, pence in rows:
        money = spend_rows.payment_at(spots[payee, postcode], places, int(pence))
        yield _Payment(heads.get(payee, payee), named, money)


def _places(spots: Iterable[Spot], area: Area) -> dict[str, Location]:
    postcodes = {
        postcode for spot in spots for postcode in (spot.postcode, *(each for each, _ in spot.branches)) if postcode
    }
    if area.needs_directory:
        return locations_of(postcodes)
    return {postcode: Location(postcode=postcode) for postcode in postcodes}


def _heads(of: int) -> dict[int, int]:
    """Merged name > the payee that speaks for it."""
    found = select(Payee.id, Payee.merged_into_id).where(Payee.organisation_id == of, Payee.merged_into_id.is_not(None))
    return {payee: head for payee, head in db.session.execute(found) if head}


def _names(of: int) -> dict[int, str]:
    found = select(Payee.id, Payee.name).where(Payee.organisation_id == of)
    return {number: name for number, name in db.session.execute(found)}


def pence_by_basis(of: int, period: Period) -> dict[str | None, int]:
    """The period's confirmed money by what the headings of its ledgers say of VAT: "net", "gross", or None."""
    told = {
        number: _basis(sheets)
        for number, sheets in db.session.execute(
            select(Ledger.id, Ledger.sheets).where(Ledger.organisation_id == of, Ledger.state == "confirmed")
        )
    }
    sums: dict[str | None, int] = {"net": 0, "gross": 0, None: 0}
    rows = db.session.execute(
        select(MonthlySpend.ledger_id, func.sum(MonthlySpend.pence))
        .where(MonthlySpend.organisation_id == of, MonthlySpend.month.between(period.first, period.last))
        .group_by(MonthlySpend.ledger_id)
    )
    for ledger, pence in rows:
        sums[told.get(ledger)] += int(pence)
    return sums


def _basis(sheets: list[dict]) -> str | None:
    """What all sheets of a ledger agree on; gross where any says gross."""
    said = {
        basis_of(str(column["heading"] or ""))
        for sheet in sheets
        for column in sheet["columns"]
        if column["field"] == "amount"
    }
    if "gross" in said:
        return "gross"
    return "net" if said == {"net"} else None
