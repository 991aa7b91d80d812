"""The door of the reading room: spreadsheet bytes in, typed rows and named problems out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from procure.sheets.limits import Limits
from procure.sheets.payments import read_payments, stream_payments
from procure.sheets.reading import (
    AskRow,
    CapabilitiesReading,
    CapabilitiesSheetReading,
    CapacityRow,
    CertificateRow,
    ColumnReading,
    EnterpriseRow,
    LedgerReading,
    LotRow,
    LotsReading,
    LotsSheetReading,
    NeedRow,
    NonDataLine,
    PaymentRow,
    Problem,
    RefusedRow,
    SheetReading,
    UnreadableSheetError,
)
from procure.sheets.warned import Warned

if TYPE_CHECKING:
    from procure.sheets.capabilities import read_capabilities
    from procure.sheets.first_rows import FirstRows, read_first_rows
    from procure.sheets.lots import read_lots
    from procure.sheets.refusals import write_refusals
    from procure.sheets.templates import write_template

__all__ = [
    "AskRow",
    "CapabilitiesReading",
    "CapabilitiesSheetReading",
    "CapacityRow",
    "CertificateRow",
    "ColumnReading",
    "EnterpriseRow",
    "FirstRows",
    "LedgerReading",
    "Limits",
    "LotRow",
    "LotsReading",
    "LotsSheetReading",
    "NeedRow",
    "NonDataLine",
    "PaymentRow",
    "Problem",
    "RefusedRow",
    "SheetReading",
    "UnreadableSheetError",
    "Warned",
    "read_capabilities",
    "read_first_rows",
    "read_lots",
    "read_payments",
    "stream_payments",
    "write_refusals",
    "write_template",
]

# A ledger needs none of these, and who reads one should not wait for their words to be learnt.
_WHEN_ASKED = {
    "FirstRows": "first_rows",
    "read_capabilities": "capabilities",
    "read_first_rows": "first_rows",
    "read_lots": "lots",
    "write_refusals": "refusals",
    "write_template": "templates",
}


def __getattr__(name: str) -> Any:
    if name not in _WHEN_ASKED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHEN_ASKED[name]}"), name)
