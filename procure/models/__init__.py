"""What is remembered."""

from .audit import AuditEntry
from .base import Owned, Private, Record, now
from .enterprises import (
    Capability,
    Consortium,
    ConsortiumMember,
    Enterprise,
    Holding,
    OfferedValue,
)
from .ledgers import (
    CorrectedRows,
    Ledger,
    LeftOut,
    MonthlySpend,
    Payee,
    Payment,
    PaymentLine,
    Redaction,
    Refusal,
    RememberedColumns,
    Upload,
)
from .organisations import Invitation, Membership, Organisation, PasswordReset, Person, SignIn
from .places import LocalArea, Watch
from .proposals import Decision, Interest, Partner, Proposal
from .tenders import AskedValue, Gate, Lot, Need
from .work import Job, OutgoingMail

__all__ = [
    "AskedValue",
    "AuditEntry",
    "Capability",
    "Consortium",
    "ConsortiumMember",
    "CorrectedRows",
    "Decision",
    "Enterprise",
    "Gate",
    "Holding",
    "Interest",
    "Invitation",
    "Job",
    "Ledger",
    "LeftOut",
    "LocalArea",
    "Lot",
    "Membership",
    "MonthlySpend",
    "Need",
    "OfferedValue",
    "Organisation",
    "OutgoingMail",
    "Owned",
    "Partner",
    "PasswordReset",
    "Payee",
    "Payment",
    "PaymentLine",
    "Person",
    "Private",
    "Proposal",
    "Record",
    "Redaction",
    "Refusal",
    "RememberedColumns",
    "SignIn",
    "Upload",
    "Watch",
    "now",
]
