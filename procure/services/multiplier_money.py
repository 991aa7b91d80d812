"""The first round of LM3: what an anchor's confirmed ledgers paid in a period, and what may not count as such."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from ..extensions import db
from ..models import Ledger, LocalArea, MonthlySpend, Payee
from ..places import Area, Location
from ..spend import Payment, Share, local_share
from ..spend.kinds import PERSON, PUBLIC, Kind
from ..spend.private_names import ALREADY_HIDDEN, reason_to_redact
from ..spend.statutory import basis_of
from . import areas, payee_kinds, payee_places

APRIL = 4
TRANSFERS, HIDDEN, CREDITS = "transfers", "hidden", "credits"
LEFT_OUT = {
    TRANSFERS: ("Payments to other public bodies", "Money between public bodies is not spent yet"),
    HIDDEN: ("Lines whose payee is hidden", "We cannot know where a hidden payee is, or ask it"),
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
    """The financial year its last month lies in; suppliers are asked about that year."""
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

    @property
    def pence(self) -> int:
        return sum(party.share.total for party in self.parties)

    @property
    def ledger_pence(self) -> int:
        return self.pence + sum(each.pence for each in self.left_out)

    @property
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
    return Period(f"{year}-{(year + 1) % 100:02d}", year_words(year), first, last, year, _count(months, first, last))


def _trailing(last: date, months: list[date]) -> Period:
    first = date(last.year - 1, last.month + 1, 1) if last.month < 12 else date(last.year, 1, 1)
    words = f"{first:%B %Y} to {last:%B %Y}"
    return Period(f"to-{last:%Y-%m}", words, first, last, financial_year(last), _count(months, first, last))


def _count(months: list[date], first: date, last: date) -> int:
    return sum(first <= month <= last for month in months)


def first_round(of: int, area: LocalArea, period: Period) -> FirstRound:
    """Every payee of the period with what its money did in the area, and what is left out."""
    kinds, names = payee_kinds.kinds_of(of), _names(of)
    counted: list[PaidParty] = []
    out: dict[str, list[int]] = {code: [0, 0] for code in LEFT_OUT}
    for head, share in _shares(of, areas.shape(area), period).items():
        name, kind = names[head], kinds[head]
        code = _reason(name, kind, share)
        if code is None:
            counted.append(PaidParty(head, name, kind, share))
        else:
            out[code][0] += share.total
            out[code][1] += 1
    counted.sort(key=lambda party: (-party.share.total, party.payee_id))
    return FirstRound(tuple(counted), tuple(LeftOut(code, *sums) for code, sums in out.items()))


def _reason(name: str, kind: Kind, share: Share) -> str | None:
    """Why a payee's money is no part of the first round; None where it is."""
    if reason_to_redact(name) == ALREADY_HIDDEN:
        return HIDDEN
    if kind.group == PUBLIC:
        return TRANSFERS
    return CREDITS if share.total <= 0 else None


def _shares(of: int, area: Area, period: Period) -> dict[int, Share]:
    """Payee (that speaks for all its names) > what its money did in the area."""
    joins, where = payee_places.placed_spend([of])
    head = func.coalesce(Payee.merged_into_id, Payee.id).label("head_id")
    found = db.session.execute(
        joins.join(Payee, Payee.id == MonthlySpend.payee_id)
        .where(Payee.organisation_id == of, MonthlySpend.month.between(period.first, period.last))
        .add_columns(head, *where.labelled, func.sum(MonthlySpend.pence))
        .group_by(head, *where.labels)
    )
    paid: dict[int, list[Payment]] = defaultdict(list)
    for payee, written, _source, doubt, pence in found:
        known = payee_places.readable(written)
        paid[payee].append(Payment(int(pence), Location(postcode=known), bool(doubt and known)))
    return {payee: local_share(payments, area) for payee, payments in paid.items()}


def _names(of: int) -> dict[int, str]:
    return {
        number: name
        for number, name in db.session.execute(select(Payee.id, Payee.name).where(Payee.organisation_id == of))
    }


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
