"""Spend files as anchors gave them, and the payments read from them. All of it is private to the anchor."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Pence, Private, Record, now

LEDGER_STATES = ("reading", "unconfirmed", "confirmed", "discarded", "refused")


class Upload(Record, Private):
    """A file somebody gave us, kept under a random name outside the web root."""

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """ledger, lots or capabilities."""
    filename: Mapped[str]
    """As the person named it; never used as a path."""
    stored_name: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(index=True)
    size_bytes: Mapped[int]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    uploaded_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(default="received")
    """received, read, confirmed, refused, discarded."""
    reason: Mapped[str | None]
    """Why it was refused and what to do about it."""
    reading: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What a lots or capabilities file was read as, until somebody confirms it; a ledger keeps its own."""


class Ledger(Record, Private):
    """One spend file as an anchor gave it; its payments count only once it is confirmed."""

    __tablename__ = "ledger"

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id", ondelete="CASCADE"), unique=True)
    state: Mapped[str] = mapped_column(default="reading", index=True)
    payments_count: Mapped[int] = mapped_column(default=0)
    refused_count: Mapped[int] = mapped_column(default=0)
    non_data_count: Mapped[int] = mapped_column(default=0)
    total_pence: Mapped[int] = mapped_column(Pence, default=0)
    first_date: Mapped[date | None]
    last_date: Mapped[date | None]
    sheets: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """How each sheet was understood: heading row, columns with reasons and samples, counts, non-data lines."""
    warnings: Mapped[list[str]] = mapped_column(default=list)
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What a person corrected: sheet ("" for a csv) > field > position of the column, counted from 0."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    sums_version: Mapped[int] = mapped_column(default=0)
    """Counts how often its monthly sums were written or taken away."""
    sums_count: Mapped[int] = mapped_column(default=0)
    """How many monthly sums it has."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    upload: Mapped[Upload] = relationship()

    @property
    def is_confirmed(self) -> bool:
        return self.state == "confirmed"


class PaymentLine:
    """What a line of a ledger says. Its sheet and row are those the person sees in the file."""

    sheet: Mapped[str] = mapped_column(default="")
    row: Mapped[int]
    supplier: Mapped[str]
    pence: Mapped[int] = mapped_column(Pence)
    paid_on: Mapped[date] = mapped_column(Date)
    category: Mapped[str | None]
    description: Mapped[str | None]
    transaction_number: Mapped[str | None]
    department: Mapped[str | None]
    supplier_postcode: Mapped[str | None]
    supplier_id: Mapped[str | None]
    company_number: Mapped[str | None]
    vat_pence: Mapped[int | None] = mapped_column(Pence)
    gross_pence: Mapped[int | None] = mapped_column(Pence)
    is_repeat: Mapped[bool] = mapped_column(default=False)
    """Every cell equals those of an earlier row of the sheet."""


class Payment(PaymentLine, Record, Private):
    """One payment line that was read from a ledger and is not left out."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("ledger_id", "sheet", "row"),
        Index("ix_payment_organisation_id_paid_on", "organisation_id", "paid_on"),
        Index("ix_payment_payee_id_paid_on", "payee_id", "paid_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The unique constraint and the index by day begin with these two, so that they need none of their own.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id", ondelete="CASCADE"))
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id"))


class LeftOut(PaymentLine, Record, Private):
    """A line the officer left out of a ledger, because it would have counted twice; it can be put back."""

    __tablename__ = "left_out"
    __table_args__ = (UniqueConstraint("ledger_id", "sheet", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id", ondelete="CASCADE"), index=True)
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id"), index=True)
    why: Mapped[str]
    """paid (it stands in another confirmed ledger) or repeat (it stands in this file already)."""
    paid_in_id: Mapped[int | None] = mapped_column(ForeignKey("ledger.id", ondelete="SET NULL"), index=True)
    """The confirmed ledger that holds the same payment."""


class Refusal(Record, Private):
    """A row that could not be read as a payment: where, what it held, and what to do."""

    __tablename__ = "refusal"

    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id", ondelete="CASCADE"), index=True)
    sheet: Mapped[str] = mapped_column(default="")
    row: Mapped[int | None]
    column: Mapped[str | None]
    value: Mapped[str | None]
    message: Mapped[str]
    cells: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """The whole row as the file shows it, on the first refusal of a row; none beyond what a reading keeps."""


class CorrectedRows(Record, Private):
    """A file of refused rows that somebody put right, to be added to the ledger they came from."""

    __tablename__ = "corrected_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id", ondelete="CASCADE"), index=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id", ondelete="CASCADE"), unique=True)
    state: Mapped[str] = mapped_column(default="reading")
    """reading, added, refused (the file could not be read), undone (the whole ledger was read again since)."""
    added: Mapped[int] = mapped_column(default=0)
    added_pence: Mapped[int] = mapped_column(Pence, default=0)
    still_refused: Mapped[int] = mapped_column(default=0)
    added_before: Mapped[int] = mapped_column(default=0)
    """Rows that were in the ledger already; nothing was added for them."""
    unknown: Mapped[int] = mapped_column(default=0)
    """Rows that name no refused row of the ledger; nothing was added for them."""
    upload: Mapped[Upload] = relationship()


class RememberedColumns(Record, Private):
    """Which columns a person chose under these headings, for the next file that comes with the same."""

    __tablename__ = "remembered_columns"
    __table_args__ = (UniqueConstraint("organisation_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    """Of the headings in their order."""
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Field > position of the column, counted from 0."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(default=now)


class MonthlySpend(Record, Private):
    """The roll-up that pages ask: what one payee was paid in one month and category by one confirmed ledger.

    Apart by department and by size of payment, and by the postcode the lines give.
    """

    __tablename__ = "monthly_spend"
    __table_args__ = (
        UniqueConstraint(
            "ledger_id",
            "month",
            "category",
            "payee_id",
            "postcode",
            "department",
            "size_band",
            name="uq_monthly_spend_of_ledger",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id", ondelete="CASCADE"), index=True)
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id"), index=True)
    month: Mapped[date]
    """First day of the month."""
    category: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    """The payee's postcode as the payment lines gave it; empty where they gave none."""
    department: Mapped[str] = mapped_column(default="")
    size_band: Mapped[int] = mapped_column(default=0)
    """Of a single payment: a key of `spend.cuts.SIZE_BANDS`."""
    payments: Mapped[int]
    pence: Mapped[int] = mapped_column(Pence)
    """As the ledger's column of amounts gives it."""
    vat_pence: Mapped[int] = mapped_column(Pence, default=0)
    """VAT of these payments as far as the ledger tells it apart: beside the amount, or within it."""
    vat_within_pence: Mapped[int] = mapped_column(Pence, default=0)
    """What of that VAT the amount holds: a heading said that the amounts are with VAT."""


class LedgerMonth(Record, Private):
    """What one confirmed ledger paid in one month: written and removed with its monthly sums."""

    __tablename__ = "ledger_month"
    __table_args__ = (UniqueConstraint("ledger_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id", ondelete="CASCADE"))
    month: Mapped[date] = mapped_column(Date)
    payments: Mapped[int]
    pence: Mapped[int] = mapped_column(Pence)
    vat_pence: Mapped[int] = mapped_column(Pence, default=0)
    """As in the monthly sums."""


class LedgerPayee(Record, Private):
    """What one confirmed ledger paid to one payee: written and removed with its monthly sums."""

    __tablename__ = "ledger_payee"
    __table_args__ = (
        UniqueConstraint("ledger_id", "payee_id"),
        Index("ix_ledger_payee_payee_id_organisation_id", "payee_id", "organisation_id", "pence", "payments"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id", ondelete="CASCADE"))
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id"))
    payments: Mapped[int]
    pence: Mapped[int] = mapped_column(Pence)


class Redaction(Record, Private):
    """What an officer decided about publishing a payee's name; where nobody did, the rule of the file decides.

    It is kept by name, not by payee, so that it outlives a ledger that is discarded and uploaded again.
    """

    __tablename__ = "redaction"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    is_hidden: Mapped[bool]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
