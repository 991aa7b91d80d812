"""The door of the reading room: spreadsheet bytes in, typed rows and named problems out."""

from procure.sheets.capabilities import read_capabilities
from procure.sheets.limits import Limits
from procure.sheets.lots import read_lots
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
    "read_capabilities",
    "read_lots",
    "read_payments",
    "stream_payments",
    "write_refusals",
    "write_template",
]
