"""The monthly sums that pages ask, written and removed together with what they sum."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Date, case, cast, delete, func, insert, literal_column, select, update

from ..extensions import db
from ..models import Ledger, LedgerMonth, LedgerPayee, MonthlySpend, Payment
from ..spend.cuts import LARGEST_BAND, SIZE_LIMITS_PENCE
from ..spend.statutory import basis_of
from ..spend.statutory_rules import GROSS
from . import spend_marks

CATEGORY_LENGTH = 200
"""A longer category or department is cut in the sums: it is a description that strayed into the column."""
COLUMNS = (
    "organisation_id", "ledger_id", "payee_id", "month", "category", "postcode", "department", "size_band", "payments",
    "pence", "vat_pence", "vat_within_pence",
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
        select(*keys, func.count(Payment.id), func.sum(Payment.pence), *_vat(ledger))
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
    asked = {
        LedgerMonth: (MonthlySpend.month, ("payments", "pence", "vat_pence")),
        LedgerPayee: (MonthlySpend.payee_id, ("payments", "pence")),
    }
    _forget_short(ledger)
    for record, (key, told) in asked.items():
        keys = (MonthlySpend.organisation_id, MonthlySpend.ledger_id, key)
        short = select(*keys, *(func.sum(getattr(MonthlySpend, name)) for name in told)).where(*mine).group_by(*keys)
        db.session.execute(insert(record).from_select(("organisation_id", "ledger_id", key.name, *told), short))


def _vat(ledger: Ledger) -> tuple[Any, Any]:
    """The VAT that payments tell apart, and what of it their amounts hold, as the database sums it.

    An amount is without VAT unless its heading says otherwise. Where a line gives its amount with and without VAT, the
    difference is its VAT; else what its column of VAT says.
    """
    nothing: Any = literal_column("0")
    told = func.coalesce(Payment.vat_pence, nothing)
    beside = func.coalesce(Payment.gross_pence - Payment.pence, told)
    gross = sheets_with_vat(ledger.sheets)
    if not gross:
        return func.sum(beside), nothing
    is_within = Payment.sheet.in_(gross)
    return func.sum(case((is_within, told), else_=beside)), func.sum(case((is_within, told), else_=nothing))


def sheets_with_vat(sheets: Sequence[Mapping[str, Any]]) -> list[str]:
    """The sheets of a ledger whose heading says that its amounts are with VAT."""
    return [
        str(sheet["sheet"])
        for sheet in sheets
        for column in sheet.get("columns", ())
        if column.get("field") == "amount" and basis_of(str(column.get("heading") or "")) == GROSS
    ]


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
