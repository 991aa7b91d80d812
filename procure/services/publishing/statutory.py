"""Statutory files of payments, made from an anchor's confirmed ledgers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import and_, func, select

from ...extensions import db
from ...models import Ledger, LedgerMonth, Organisation, Payment, Upload
from ...spend import statutory_rules
from ...spend.statutory import SpendLine, StatutoryFile, basis_of, prepare
from ...spend.statutory_rules import StatutoryRule
from ..errors import NotFoundError, RefusedError
from ..ledgers.ledger_lines import payee_name
from . import redactions

OWN_RULES = "statutory-files.json"
"""A file of this name in the instance folder replaces the dated table we ship."""
USUAL = {"council": "transparency-code", "nhs": "over-25000", "central": "over-25000"}
"""Which file each kind of buyer publishes first."""
NET_BESIDE = statutory_rules.NET
"""An amount beside a column of VAT that cannot be recovered is an amount without VAT."""
FAMILIES = {"nhs": "Department of Health and Social Care"}


@dataclass(frozen=True)
class Period:
    """Which confirmed payments a file is about: those of some days, or those of one ledger."""

    code: str
    words: str
    group: str
    first: date
    last: date
    ledger_id: int | None = None


def rules() -> tuple[StatutoryRule, ...]:
    """The dated table: the installation's own, or ours.

    errors  RefusedError where the installation's own cannot be used
    """
    own = Path(current_app.instance_path) / OWN_RULES
    try:
        return statutory_rules.read_rules(own if own.exists() else statutory_rules.SHIPPED)
    except ValueError as fault:
        raise RefusedError(f"{fault}. Ask your administrator to mend it") from fault


def latest_rules() -> list[StatutoryRule]:
    """The newest edition of every kind of file, in the table's order."""
    return list({rule.kind: rule for rule in rules()}.values())


def usual_kind(of: int) -> str | None:
    """The kind of file this organisation publishes first, as far as its sector says."""
    sector = db.session.scalar(select(Organisation.sector).where(Organisation.id == of))
    return USUAL.get(sector or "")


def usual_family(of: int) -> str:
    """The department family that NHS bodies name; empty where we cannot tell."""
    sector = db.session.scalar(select(Organisation.sector).where(Organisation.id == of))
    return FAMILIES.get(sector or "", "")


def periods(of: int) -> list[Period]:
    """Quarters, months and ledgers with confirmed payments, newest first."""
    months = sorted(
        db.session.scalars(select(LedgerMonth.month).where(LedgerMonth.organisation_id == of).distinct()),
        reverse=True,
    )
    quarters = list(dict.fromkeys(_quarter(month) for month in months))
    return [*quarters, *(_month(month) for month in months), *_ledgers(of)]


def find_period(code: str, *, of: int) -> Period:
    """errors  NotFoundError where no confirmed payment of this organisation is in it"""
    found = next((period for period in periods(of) if period.code == code), None)
    if found is None:
        raise NotFoundError
    return found


def _month(first: date) -> Period:
    return Period(f"{first:%Y-%m}", f"{first:%B %Y}", "Months", first, _month_end(first))


def _quarter(month: date) -> Period:
    number = (month.month - 1) // 3
    first, end = date(month.year, number * 3 + 1, 1), date(month.year, number * 3 + 3, 1)
    return Period(f"{first:%Y}-q{number + 1}", f"{first:%B} to {end:%B %Y}", "Quarters", first, _month_end(end))


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _ledgers(of: int) -> list[Period]:
    found = db.session.execute(
        select(Ledger.id, Upload.filename, Ledger.first_date, Ledger.last_date)
        .join(Upload, Upload.id == Ledger.upload_id)
        .where(Ledger.organisation_id == of, Upload.organisation_id == of, Ledger.state == "confirmed")
        .order_by(Ledger.id.desc())
    )
    return [
        Period(f"ledger-{number}", filename, "One ledger", first, last, number)
        for number, filename, first, last in found
        if first and last
    ]


def make_file(
    kind: str, period: Period, *, of: int, amounts: str | None = None, hides_by_rule: bool = True
) -> StatutoryFile:
    """Sort the payments of a period into a statutory file and what stays out.

    amounts        "net" or "gross"; the rule's own where None
    hides_by_rule  whether names that look like people's are hidden, besides those people marked
    errors         NotFoundError where there is no such kind
    """
    editions = statutory_rules.rules_of(kind, rules())
    if not editions:
        raise NotFoundError
    redact = redactions.redactor(of, by_rule=hides_by_rule)
    return prepare(
        lambda: _lines(of, period),
        editions,
        on=period.last,
        amounts=amounts,
        redact=lambda supplier: redact(payee_name(supplier)),
        shared=_lines(of, period, only_shared=True),
    )


def _lines(of: int, period: Period, *, only_shared: bool = False) -> Iterator[SpendLine]:
    """Payments of confirmed ledgers, oldest first, a few thousand at a time.

    only_shared  no more than those whose payee and transaction number other payments of the period have too
    """
    files, headings = _files(of)
    columns = (
        Payment.ledger_id, Payment.sheet, Payment.row, Payment.supplier, Payment.pence, Payment.paid_on,
        Payment.vat_pence, Payment.gross_pence, Payment.transaction_number, Payment.department, Payment.category,
        Payment.description,
    )  # fmt: skip
    conditions = _conditions(of, period)
    wanted = select(*columns).join(Ledger, Ledger.id == Payment.ledger_id).where(*conditions)
    if only_shared:
        pair = (Payment.supplier, Payment.transaction_number)
        several = select(*pair).join(Ledger, Ledger.id == Payment.ledger_id).where(*conditions, pair[1] != "")
        found_twice = several.group_by(*pair).having(func.count() > 1).subquery()
        wanted = wanted.join(
            found_twice,
            and_(found_twice.c.supplier == pair[0], found_twice.c.transaction_number == pair[1]),
        )
    else:
        wanted = wanted.order_by(Payment.paid_on, Payment.id)
    for row in db.session.execute(wanted, execution_options={"yield_per": 5_000}):
        basis, is_irrecoverable = headings.get((row.ledger_id, row.sheet), (None, False))
        yield SpendLine(
            supplier=row.supplier,
            pence=row.pence,
            paid_on=row.paid_on,
            basis=NET_BESIDE if is_irrecoverable and basis is None else basis,
            vat_pence=None if is_irrecoverable else row.vat_pence,
            gross_pence=row.gross_pence,
            irrecoverable_pence=row.vat_pence if is_irrecoverable else None,
            transaction_number=row.transaction_number,
            department=row.department,
            category=row.category,
            description=row.description,
            file=files.get(row.ledger_id, ""),
            sheet=row.sheet,
            row=row.row,
        )


def _conditions(of: int, period: Period) -> tuple[Any, ...]:
    """Which payments count in a period."""
    is_in: Any = Payment.paid_on.between(period.first, period.last)
    if period.ledger_id is not None:
        is_in = Payment.ledger_id == period.ledger_id
    return Payment.organisation_id == of, Ledger.organisation_id == of, Ledger.state == "confirmed", is_in


def _files(of: int) -> tuple[dict[int, str], dict[tuple[int, str], tuple[str | None, bool]]]:
    """Ledger > file name; and ledger and sheet > what its headings say of VAT: basis, and whether it is lost VAT."""
    names: dict[int, str] = {}
    told: dict[tuple[int, str], tuple[str | None, bool]] = {}
    found = db.session.execute(
        select(Ledger.id, Ledger.sheets, Upload.filename)
        .join(Upload, Upload.id == Ledger.upload_id)
        .where(Ledger.organisation_id == of, Upload.organisation_id == of, Ledger.state == "confirmed")
    )
    for number, sheets, filename in found:
        names[number] = filename
        for sheet in sheets:
            headings = {column["field"]: str(column["heading"] or "") for column in sheet["columns"]}
            vat = headings.get("vat", "").lower()
            is_lost = "irrec" in vat or "non recoverable" in vat.replace("-", " ")
            told[number, sheet["sheet"]] = (basis_of(headings.get("amount", "")), is_lost)
    return names, told
