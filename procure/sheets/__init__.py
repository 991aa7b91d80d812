"""The door of the reading room: spreadsheet bytes in, typed rows and named problems out."""

from procure.sheets.limits import Limits
from procure.sheets.payments import read_payments
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
    "read_payments",
]
