"""The money behind a shift list: a year of confirmed spend by category and payee, as far as it is placed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import func, select

from ...extensions import db
from ...models import Classification, Enterprise, Ledger, LedgerMonth, MonthlySpend, Payee, Payment, RegisteredBody
from ...places import Area, Location
from ...spend import Payment as Paid
from ...spend import Share, local_share
from ..payees import payee_kinds, payee_suppliers
from ..reference.locations import locations_of
from ..rollups import CATEGORY_LENGTH
from ..shares import spend_rows, spend_rules

MONTHS = 12
CHUNK = 400
MOST_TEXTS = 3
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Year:
    """The last twelve months that have confirmed payments, by the first day of each end."""

    first: date
    last: date

    @property
    def until(self) -> date:
        """The day after its last."""
        return _month_after(self.last, 1)


@dataclass(frozen=True)
class Purchase:
    """What one payee, with all its names, was paid for one category in a year.

    kind      the payee's group, one of `spend.kinds.KINDS`
    sic       five-digit codes of the body it is linked to
    left_out  the anchor's own rule that leaves it out of the local share; "" where it counts
    """

    payee_id: int
    category: str
    share: Share
    payments: int
    kind: str
    enterprise_id: int | None
    sic: tuple[str, ...] = ()
    left_out: str = ""

    @property
    def key(self) -> tuple[int, str]:
        return self.payee_id, self.category

    @property
    def left(self) -> int:
        """Placed elsewhere, surely."""
        return self.share.elsewhere - self.share.elsewhere_shared

    @property
    def local(self) -> int:
        return self.share.local - self.share.local_shared

    @property
    def doubtful(self) -> int:
        return self.share.unplaced + self.share.doubtful


@dataclass
class _Tally:
    payments: int = 0
    money: list[Paid] = field(default_factory=list)


def last_year(of: int) -> Year | None:
    """The twelve months up to the newest confirmed payment; None without one."""
    newest = db.session.scalar(select(func.max(LedgerMonth.month)).where(LedgerMonth.organisation_id == of))
    return Year(_month_after(newest, 1 - MONTHS), newest) if newest else None


def purchases_of(of: int, area: Area, year: Year) -> list[Purchase]:
    """Everything bought in the year, to the penny, by payee and category; without the VAT that ledgers tell apart."""
    found = db.session.execute(
        select(
            MonthlySpend.payee_id,
            MonthlySpend.postcode,
            MonthlySpend.category,
            func.sum(MonthlySpend.pence - MonthlySpend.vat_within_pence),
            func.sum(MonthlySpend.payments),
        )
        .where(MonthlySpend.organisation_id == of, MonthlySpend.month >= year.first, MonthlySpend.month <= year.last)
        .group_by(MonthlySpend.payee_id, MonthlySpend.postcode, MonthlySpend.category)
    ).all()
    pairs = list(dict.fromkeys((row[0], row[1]) for row in found))
    spots = dict(zip(pairs, spend_rows.spots_of(of, pairs), strict=True))
    known = {spot.postcode for spot in spots.values() if spot.postcode}
    known |= {postcode for spot in spots.values() for postcode, _ in spot.branches}
    places = places_of(known, area)
    heads = _heads(of)
    tallies: dict[tuple[int, str], _Tally] = defaultdict(_Tally)
    for payee, postcode, category, pence, payments in found:
        tally = tallies[heads[payee][0], category]
        tally.payments += int(payments)
        tally.money.append(spend_rows.payment_at(spots[payee, postcode], places, int(pence)))
    kinds, rules = payee_kinds.kinds_of(of), spend_rules.in_force(of)
    trades = _trades(heads)
    return [
        Purchase(
            payee,
            category,
            local_share(tally.money, area),
            tally.payments,
            kinds[payee].group,
            heads[payee][1],
            trades.get(payee, ()),
            rules.rule_for(kinds[payee].group, category),
        )
        for (payee, category), tally in sorted(tallies.items())
    ]


def places_of(postcodes: set[str], area: Area) -> dict[str, Location]:
    """Where these postcodes lie, as far as the area asks."""
    if area.needs_directory:
        return locations_of(postcodes)
    return {postcode: Location(postcode=postcode) for postcode in postcodes}


def texts_of(of: int, year: Year, asked: Sequence[Purchase]) -> dict[tuple[int, str], list[str]]:
    """What the payment lines of these purchases say, the most money first, a few each."""
    names = _names_of(of, {one.payee_id for one in asked})
    wanted = {one.key for one in asked}
    sums: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for part in _parts(sorted(names)):
        rows = db.session.execute(
            select(Payment.payee_id, Payment.category, Payment.description, func.sum(Payment.pence))
            .join(Ledger, Ledger.id == Payment.ledger_id)
            .where(
                Payment.organisation_id == of,
                Ledger.organisation_id == of,
                Ledger.state == "confirmed",
                Payment.payee_id.in_(part),
                Payment.paid_on >= year.first,
                Payment.paid_on < year.until,
                Payment.description.is_not(None),
            )
            .group_by(Payment.payee_id, Payment.category, Payment.description)
        )
        for payee, category, text, pence in rows:
            key = names[payee], (category or "")[:CATEGORY_LENGTH]
            if key in wanted and text and text.strip():
                sums[key][" ".join(text.split())[:LONGEST_TEXT]] += int(pence)
    return {
        key: [text for text, _ in sorted(texts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TEXTS]]
        for key, texts in sums.items()
    }


def titles_of(codes: set[str]) -> dict[str, str]:
    """SIC code > what it is called, for those that the loaded list has."""
    found: dict[str, str] = {}
    for part in _parts(sorted(codes)):
        rows = select(Classification.code, Classification.title).where(
            Classification.scheme == "sic", Classification.code.in_(part)
        )
        found.update({code: title for code, title in db.session.execute(rows)})
    return found


def _heads(of: int) -> dict[int, tuple[int, int | None, int | None]]:
    """Payee > the payee that speaks for its supplier, and the enterprise and the body it is linked to."""
    rows = db.session.execute(select(Payee.id, Payee.enterprise_id, Payee.body_id).where(Payee.organisation_id == of))
    speaks = payee_suppliers.heads_of(of)
    return {payee: (speaks[payee], enterprise, body) for payee, enterprise, body in rows}


def _names_of(of: int, heads: set[int]) -> dict[int, int]:
    """Payee > head, for all names of these heads."""
    return {payee: told[0] for payee, told in _heads(of).items() if told[0] in heads}


def _trades(heads: dict[int, tuple[int, int | None, int | None]]) -> dict[int, tuple[str, ...]]:
    """Payee > SIC codes of the body it is linked to, or of the company its enterprise says it is."""
    bodies = {body for _, _, body in heads.values() if body}
    enterprises = {enterprise for _, enterprise, _ in heads.values() if enterprise}
    codes: dict[int, tuple[str, ...]] = {}
    for part in _parts(sorted(bodies)):
        rows = db.session.execute(select(RegisteredBody.id, RegisteredBody.sic).where(RegisteredBody.id.in_(part)))
        codes.update({body: tuple(sic or ()) for body, sic in rows})
    own: dict[int, tuple[str, ...]] = {}
    for part in _parts(sorted(enterprises)):
        joined = db.session.execute(
            select(Enterprise.organisation_id, RegisteredBody.sic)
            .join(RegisteredBody, RegisteredBody.number == Enterprise.company_number)
            .where(RegisteredBody.register == "companies", Enterprise.organisation_id.in_(part))
        )
        own.update({enterprise: tuple(sic or ()) for enterprise, sic in joined})
    return {
        payee: found
        for payee, (_, enterprise, body) in heads.items()
        if (found := codes.get(body or 0) or own.get(enterprise or 0))
    }


def _parts(whole: Sequence[Any]) -> Iterator[list[Any]]:
    rest = iter(whole)
    while part := list(islice(rest, CHUNK)):
        yield part


def _month_after(month: date, number: int) -> date:
    """The first day of the month so many months on; below 0 goes back."""
    months = month.year * 12 + month.month - 1 + number
    return date(months // 12, months % 12 + 1, 1)
