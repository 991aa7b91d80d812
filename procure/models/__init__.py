"""What is remembered."""

from .alerts import AlertChoice, ToldLot
from .audit import AuditEntry
from .base import Owned, Private, Record, now
from .category_divisions import CategoryDivision
from .consents import SharingConsent
from .enterprises import (
    Capability,
    Enterprise,
    Holding,
    OfferedValue,
)
from .gates import LawfulAnswer
from .learning import LearnedParameters
from .ledgers import (
    CorrectedRows,
    Ledger,
    LedgerMonth,
    LedgerPayee,
    LeftOut,
    MonthlySpend,
    Payment,
    PaymentLine,
    Redaction,
    Refusal,
    RememberedColumns,
    Upload,
)
from .multiplier import OwnStaffPay, RespendAnswer, RespendSurvey
from .organisations import Invitation, Membership, Organisation, PasswordReset, Person, SignIn
from .payee_places import PayeeSite
from .payees import Payee, PayeeDecision
from .place_aims import PlaceBaseline, PlaceTarget, ResilienceValue
from .place_totals import CountedAnchor, PastWatch, PublishedTotal
from .places import LocalArea, PastArea, Watch
from .proposals import Decision, Interest, Partner, Proposal
from .publishing import BoardReport, PublicPage
from .reference import (
    AreaName,
    Classification,
    Deprivation,
    Edition,
    EditionRefusal,
    PastPostcodePlace,
    PostcodePlace,
    RegisteredBody,
    RegisteredName,
    SharedOffice,
)
from .shift import ShiftAnswer, ShiftRow, ShiftRun
from .spend_sums import SpendCell, SpendDistrict, SpendParty, SpendRound, SpendRule, SpendSums, SpendYear
from .tenders import AskedValue, Gate, Lot, Need
from .work import Job, OutgoingMail, SentForm
from .workspaces import (
    BidAgreement,
    BidLine,
    BidPack,
    BidPlan,
    BidShare,
    Consortium,
    ConsortiumMember,
    InRoom,
    RoomDocument,
    RoomMessage,
)

__all__ = [
    "AlertChoice",
    "AreaName",
    "AskedValue",
    "AuditEntry",
    "BidAgreement",
    "BidLine",
    "BidPack",
    "BidPlan",
    "BidShare",
    "BoardReport",
    "Capability",
    "CategoryDivision",
    "Classification",
    "Consortium",
    "ConsortiumMember",
    "CorrectedRows",
    "CountedAnchor",
    "Decision",
    "Deprivation",
    "Edition",
    "EditionRefusal",
    "Enterprise",
    "Gate",
    "Holding",
    "InRoom",
    "Interest",
    "Invitation",
    "Job",
    "LawfulAnswer",
    "LearnedParameters",
    "Ledger",
    "LedgerMonth",
    "LedgerPayee",
    "LeftOut",
    "LocalArea",
    "Lot",
    "Membership",
    "MonthlySpend",
    "Need",
    "OfferedValue",
    "Organisation",
    "OutgoingMail",
    "OwnStaffPay",
    "Owned",
    "Partner",
    "PasswordReset",
    "PastArea",
    "PastPostcodePlace",
    "PastWatch",
    "Payee",
    "PayeeDecision",
    "PayeeSite",
    "Payment",
    "PaymentLine",
    "Person",
    "PlaceBaseline",
    "PlaceTarget",
    "PostcodePlace",
    "Private",
    "Proposal",
    "PublicPage",
    "PublishedTotal",
    "Record",
    "Redaction",
    "Refusal",
    "RegisteredBody",
    "RegisteredName",
    "RememberedColumns",
    "ResilienceValue",
    "RespendAnswer",
    "RespendSurvey",
    "RoomDocument",
    "RoomMessage",
    "SentForm",
    "SharedOffice",
    "SharingConsent",
    "ShiftAnswer",
    "ShiftRow",
    "ShiftRun",
    "SignIn",
    "SpendCell",
    "SpendDistrict",
    "SpendParty",
    "SpendRound",
    "SpendRule",
    "SpendSums",
    "SpendYear",
    "ToldLot",
    "Upload",
    "Watch",
    "now",
]
