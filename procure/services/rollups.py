"""The monthly sums that pages ask, written and removed together with what they sum."""

from typing import Any

from sqlalchemy import Date, case, cast, delete, func, insert, literal_column, select, update

from ..extensions import db
from ..models import Ledger, LedgerMonth, LedgerPayee, MonthlySpend, Payment
from ..spend.cuts import LARGEST_BAND, SIZE_LIMITS_PENCE
from . import spend_marks

CATEGORY_LENGTH = 200
"""A longer category or department is cut in the sums: it is a description that strayed into the column."""
COLUMNS = (
    "organisation_id", "ledger_id", "payee_id", "month", "category", "postcode", "department", "size_band", "payments",
    "pence",
)  # fmt: skip


def add(ledger: Ledger) -> int:
    """Sum a ledger's payments by month, category, payee, postcode, department and size; how many sums were written.

    The database sums and writes by itself: a postcode has its one written form since the file was read.
    """
    keys = (
        Payment.organisation_id,
        Payment.ledger_id,
        Payment.payee_id,
        _month(),
        _short(Payment.category),
        func.coalesce(Payment.supplier_postcode, literal_column("''")),
        _short(Payment.department),
        _size_band(),
    )
    sums = (
        select(*keys, func.count(Payment.id), func.sum(Payment.pence))
        .where(Payment.organisation_id == ledger.organisation_id, Payment.ledger_id == ledger.id)
        .group_by(*keys)
    )
    added: Any = db.session.execute(
        insert(MonthlySpend).from_select(COLUMNS, sums), execution_options={"preserve_rowcount": True}
    )
    sum_up(ledger)
    _count(ledger, int(added.rowcount))
    return int(added.rowcount)


def sum_up(ledger: Ledger) -> None:
    """The monthly sums of a ledger once more, by month alone and by payee alone, for pages that ask no more."""
    mine = MonthlySpend.organisation_id == ledger.organisation_id, MonthlySpend.ledger_id == ledger.id
    sums = func.sum(MonthlySpend.payments), func.sum(MonthlySpend.pence)
    _forget_short(ledger)
    for record, key in ((LedgerMonth, MonthlySpend.month), (LedgerPayee, MonthlySpend.payee_id)):
        keys = (MonthlySpend.organisation_id, MonthlySpend.ledger_id, key)
        columns = ("organisation_id", "ledger_id", key.name, "payments", "pence")
        short = select(*keys, *sums).where(*mine).group_by(*keys)
        db.session.execute(insert(record).from_select(columns, short))


def _forget_short(ledger: Ledger) -> None:
    for record in (LedgerMonth, LedgerPayee):
        db.session.execute(
            delete(record).where(record.organisation_id == ledger.organisation_id, record.ledger_id == ledger.id),
            execution_options={"synchronize_session": False},
        )


def _count(ledger: Ledger, sums: int) -> None:
    """So that whatever is worked out from the sums knows that they changed."""
    db.session.execute(
        update(Ledger)
        .where(Ledger.id == ledger.id, Ledger.organisation_id == ledger.organisation_id)
        .values(sums_version=Ledger.sums_version + 1, sums_count=sums),
        execution_options={"synchronize_session": False},
    )
    spend_marks.mark(ledger.organisation_id)


def _size_band() -> Any:
    """`spend.cuts.size_band`, as the database says it."""
    limits: list[Any] = [
        (Payment.pence < literal_column(str(limit)), literal_column(str(band))) for limit, band in SIZE_LIMITS_PENCE
    ]
    return case(*limits, else_=literal_column(str(LARGEST_BAND)))


def _short(column: Any) -> Any:
    named = func.coalesce(column, literal_column("''"))
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
    _forget_short(ledger)
    _count(ledger, 0)
