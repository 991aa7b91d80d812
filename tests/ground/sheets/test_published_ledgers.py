"""Every development file, as its publisher issued it, comes to the accepted payments, pence and dates."""

import json
from pathlib import Path
from typing import Any

import pytest

from procure.sheets import UnreadableSheetError, read_payments
from procure.sheets.headings import normalise
from tests.shared_data import SHARED, needs_shared

FOLDER = SHARED / "data" / "spend"
TRUTH = FOLDER / "truth.json"
RECORDS: list[dict[str, Any]] = json.loads(TRUTH.read_text()) if TRUTH.is_file() else []


@needs_shared
def test_all_development_files_are_here() -> None:
    assert len(RECORDS) == 41


@needs_shared
@pytest.mark.parametrize("record", RECORDS, ids=[record["id"] for record in RECORDS])
def test_a_published_ledger_is_read_to_the_penny(record: dict[str, Any]) -> None:
    path, expected = Path(FOLDER / record["file"]), record["expect"]
    if expected["outcome"] == "refused":
        with pytest.raises(UnreadableSheetError):
            read_payments(path)
        return
    sheets = read_payments(path).sheets
    assert len(sheets) == len(expected["sheets"])
    for sheet, wanted in zip(sheets, expected["sheets"], strict=True):
        assert sheet.header_row in [wanted["header_row"], *wanted.get("header_row_also", [])]
        for field, headings in wanted["columns"].items():
            assert normalise(sheet.columns[field]) in map(normalise, headings)
        keys = ("payments", "total_pence", "first_date", "last_date")
        accepted = [{**{key: wanted[key] for key in keys}, **other} for other in [{}, *wanted.get("alternatives", [])]]
        assert {
            "payments": len(sheet.payments),
            "total_pence": sheet.total_pence,
            "first_date": str(sheet.first_date),
            "last_date": str(sheet.last_date),
        } in accepted
        assert sum(payment.pence for payment in sheet.payments) == sheet.total_pence
        assert sum(sheet.counts.values()) == sheet.rows
