"""The rows of one ledger: payments, and rows that were refused."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from ..models import Payment, Refusal
from ..pages.guards import actor, who
from ..pages.listing import Column, Listing
from ..services.ledgers import ledger_refusals, ledgers
from .journey import FINANCE, READERS, journey
from .lines import sheet_column


@journey.route("/ledgers/<id:ledger_id>/payments")
@who(*READERS)
def list_payments(ledger_id: int) -> ResponseReturnValue:
    me = actor()
    ledger = ledgers.find(ledger_id, of=me.acting_for)
    listing = Listing(
        name=f"payments-{ledger.id}",
        query=select(Payment)
        .where(Payment.organisation_id == me.acting_for, Payment.ledger_id == ledger.id)
        .order_by(Payment.id),
        columns=(
            Column("row", "Row", lambda paid: paid.row, Payment.row, show="count"),
            Column("supplier", "Supplier", lambda paid: paid.supplier, Payment.supplier),
            Column("amount", "Amount", lambda paid: paid.pence, Payment.pence, show="pounds"),
            Column("date", "Date", lambda paid: paid.paid_on, Payment.paid_on, show="day"),
            Column("category", "Category", lambda paid: paid.category, Payment.category),
            Column("number", "Transaction", lambda paid: paid.transaction_number, Payment.transaction_number),
            *sheet_column(ledger, lambda paid: paid.sheet, Payment.sheet),
        ),
        search_in=(Payment.supplier, Payment.category, Payment.description, Payment.transaction_number),
        default_sort="row",
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template("spending/payments.html", page=answer, ledger=ledger)


@journey.route("/ledgers/<id:ledger_id>/refused")
@who(*READERS)
def list_refusals(ledger_id: int) -> ResponseReturnValue:
    me = actor()
    ledger = ledgers.find(ledger_id, of=me.acting_for)
    listing = Listing(
        name=f"refused-rows-{ledger.id}",
        query=select(Refusal)
        .where(Refusal.organisation_id == me.acting_for, Refusal.ledger_id == ledger.id)
        .order_by(Refusal.id),
        columns=(
            *sheet_column(ledger, lambda row: row.sheet, Refusal.sheet),
            Column("row", "Row", lambda row: row.row, Refusal.row, show="count"),
            Column("column", "Column", lambda row: row.column, Refusal.column),
            Column("value", "What it holds", lambda row: row.value, Refusal.value),
            Column("advice", "What to do", lambda row: row.message, Refusal.message),
        ),
        search_in=(Refusal.message, Refusal.value, Refusal.column),
        default_sort="row",
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template(
        "spending/refusals.html",
        page=answer,
        ledger=ledger,
        kinds=ledger_refusals.kinds(ledger),
        may_decide=me.may(*FINANCE),
    )
