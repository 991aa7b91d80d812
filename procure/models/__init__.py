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
from .ledgers import Ledger, MonthlySpend, Payee, Payment, Redaction, Refusal, Upload
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
    "Decision",
    "Enterprise",
    "Gate",
    "Holding",
    "Interest",
    "Invitation",
    "Job",
    "Ledger",
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
    "Person",
    "Private",
    "Proposal",
    "Record",
    "Redaction",
    "Refusal",
    "SignIn",
    "Upload",
    "Watch",
    "now",
]
