"""The monthly sums that pages ask, written and removed together with what they sum."""

from typing import Any

from sqlalchemy import Date, cast, delete, func, insert, literal_column, select

from ..extensions import db
from ..models import Ledger, MonthlySpend, Payment

CATEGORY_LENGTH = 200
"""A longer category is cut in the sums: it is a description that strayed into the column."""
COLUMNS = ("organisation_id", "ledger_id", "payee_id", "month", "category", "postcode", "payments", "pence")


def add(ledger: Ledger) -> int:
    """Sum a ledger's payments by month, category, payee and postcode; how many sums were written.

    The database sums and writes by itself: a postcode has its one written form since the file was read.
    """
    keys = (
        Payment.organisation_id,
        Payment.ledger_id,
        Payment.payee_id,
        _month(),
        _category(),
        func.coalesce(Payment.supplier_postcode, literal_column("''")),
    )
    sums = (
        select(*keys, func.count(Payment.id), func.sum(Payment.pence))
        .where(Payment.organisation_id == ledger.organisation_id, Payment.ledger_id == ledger.id)
        .group_by(*keys)
    )
    added: Any = db.session.execute(insert(MonthlySpend).from_select(COLUMNS, sums))
    return int(added.rowcount)


def _category() -> Any:
    named = func.coalesce(Payment.category, literal_column("''"))
    return func.substr(named, literal_column("1"), literal_column(str(CATEGORY_LENGTH)))


def _month() -> Any:
    """The first day of the month of a payment, as each database keeps a day."""
    if db.session.get_bind().dialect.name == "postgresql":
        return cast(func.date_trunc(literal_column("'month'"), Payment.paid_on), Date)
    return func.date(Payment.paid_on, literal_column("'start of month'"))


def remove(ledger: Ledger) -> None:
    """Take a ledger's sums away."""
    db.session.execute(
        delete(MonthlySpend).where(
            MonthlySpend.organisation_id == ledger.organisation_id, MonthlySpend.ledger_id == ledger.id
        )
    )
