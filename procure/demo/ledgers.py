"""A payment and a ledger, with the truth about who was paid kept beside what was written."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Payment:
    """One line of a ledger.

    payee         the name as written; redacted ones say so
    postcode      as written, if at all
    net_pence     without VAT, negative for a credit; net + VAT = gross
    truth         key of the registered enterprise that was paid, or None where it was nobody registered
    true_payee    key of whoever was paid, the same under every spelling; None where redacted
    true_postcode where the money went in truth; None where redacted
    """

    paid_on: date
    payee: str
    postcode: str | None
    supplier_number: str
    net_pence: int
    vat_pence: int
    gross_pence: int
    category: str
    department: str
    description: str
    transaction_number: str
    truth: str | None
    true_payee: str | None
    true_postcode: str | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The payments of an anchor from `first` to `last` day, in the order of the file; exact duplicates included."""

    key: str
    anchor: str
    title: str
    first: date
    last: date
    payments: tuple[Payment, ...]

    @property
    def total_pence(self) -> int:
        """The net total of all lines."""
        return sum(payment.net_pence for payment in self.payments)
