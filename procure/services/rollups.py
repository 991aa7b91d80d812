"""The monthly sums that pages ask, written and removed together with what they sum."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, extract, func, select

from ..extensions import db
from ..models import Ledger, MonthlySpend, Payment
from ..places import parse_postcode
from . import bulk

CATEGORY_LENGTH = 200
"""A longer category is cut in the sums: it is a description that strayed into the column."""
COLUMNS = ("organisation_id", "ledger_id", "payee_id", "month", "category", "postcode", "payments", "pence")


def add(ledger: Ledger) -> int:
    """Sum a ledger's payments by month, category, payee and postcode; how many sums were written."""
    year, month = extract("year", Payment.paid_on), extract("month", Payment.paid_on)
    keys: tuple[Any, ...] = (year, month, Payment.category, Payment.supplier_postcode, Payment.payee_id)
    found: Any = db.session.execute(
        select(*keys, func.count(Payment.id), func.sum(Payment.pence))
        .where(Payment.organisation_id == ledger.organisation_id, Payment.ledger_id == ledger.id)
        .group_by(*keys)
    )
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for in_year, in_month, named, written, payee, payments, pence in found:
        postcode = (parse_postcode(written) if written else None) or ""
        total = sums[payee, date(int(in_year), int(in_month), 1), (named or "")[:CATEGORY_LENGTH], postcode]
        total[0] += payments
        total[1] += int(pence)
    return bulk.insert_rows(MonthlySpend, COLUMNS, _rows(ledger, sums))


def _rows(ledger: Ledger, sums: dict[tuple[Any, ...], list[int]]) -> Iterator[tuple[Any, ...]]:
    for key, (payments, pence) in sums.items():
        yield (ledger.organisation_id, ledger.id, *key, payments, pence)


def remove(ledger: Ledger) -> None:
    """Take a ledger's sums away."""
    db.session.execute(
        delete(MonthlySpend).where(
            MonthlySpend.organisation_id == ledger.organisation_id, MonthlySpend.ledger_id == ledger.id
        )
    )
