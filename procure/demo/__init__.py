"""The demonstration place, built the same every time: who lives in it, what was spent, what is wanted.

Everything in it is invented: no organisation, person, number or address is meant to be a real one. The districts of its
postcodes are real, the postcodes are not.
"""

from .actors import (
    DEMO_DAY,
    Capability,
    Consortium,
    ConsortiumMember,
    Enterprise,
    Holding,
    OfferedValue,
    Organisation,
    Person,
    Workforce,
)
from .examples import ExampleFile, write_examples
from .layouts import ledger_rows
from .ledgers import Ledger, Payment
from .place import Place, demo_place
from .tenders import AskedValue, Decision, Gate, Interest, Lot, Need, Partner, Proposal
from .workbooks import sheet_bytes

__all__ = [
    "DEMO_DAY",
    "AskedValue",
    "Capability",
    "Consortium",
    "ConsortiumMember",
    "Decision",
    "Enterprise",
    "ExampleFile",
    "Gate",
    "Holding",
    "Interest",
    "Ledger",
    "Lot",
    "Need",
    "OfferedValue",
    "Organisation",
    "Partner",
    "Payment",
    "Person",
    "Place",
    "Proposal",
    "Workforce",
    "demo_place",
    "ledger_rows",
    "sheet_bytes",
    "write_examples",
]
