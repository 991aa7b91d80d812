# ruff: noqa: E501 - one case or rule a line
"""Lots, capabilities, templates, refusals and the commands that read them."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from procure.cli.sheets import sheets as commands
from procure.sheets import (
    AskRow,
    CapacityRow,
    CertificateRow,
    LotsReading,
    NeedRow,
    UnreadableSheetError,
    read_capabilities,
    read_lots,
    read_payments,
    stream_payments,
    write_refusals,
    write_template,
)
from procure.sheets.lines import EXAMPLE_MARK

from .files import PENCE, TABLE, as_csv, as_sheets, as_xlsx, far_corner

LOT = "Title,CPV code,Estimated value,Start date,End date,Postcode,Needs\n"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str | bytes], LotsReading]:
    def reader(content: str | bytes) -> LotsReading:
        path = tmp_path / "lots.bin"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_lots(path)

    return reader


Read = Callable[[str | bytes], LotsReading]


def test_a_lot_is_read_with_its_needs(read: Read) -> None:
    (lot,) = read(
        LOT + 'Lunches,55520000-1,"£250,000",01/04/2026,31/03/2028,b187qh,catering 100 meals; cleaning 40 hours\n'
    ).lots
    assert (lot.title, lot.cpv, lot.value_pence, lot.postcode) == ("Lunches", ("55520000",), 25_000_000, "B18 7QH")
    assert (lot.starts_on, lot.ends_on) == (date(2026, 4, 1), date(2028, 3, 31))
    assert lot.needs == (NeedRow("catering", 100, "meals"), NeedRow("cleaning", 40, "hours"))


@pytest.mark.parametrize("written", ["B18", "b18", "EC1A"])
def test_a_district_is_place_enough_for_a_lot(written: str, read: Read) -> None:
    reading = read(f"{LOT}Lunches,55520000,1000,,,{written},\n")
    assert [(lot.postcode, lot.place) for lot in reading.lots] == [(None, written)]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (",55520000,1000,,,,", "title"),
        ("Lunches,5552,1000,,,,", "CPV"),
        ("Lunches,99999999,1000,,,,", "CPV division"),
        ("Lunches,55520000,about a lot,,,,", "pounds and pence"),
        ("Lunches,55520000,-5,,,,", "above nought"),
        ("Lunches,55520000,,,,,", "estimated value"),
        ("Lunches,55520000,1000,31/02/2026,,,", "no such day"),
        ("Lunches,55520000,1000,01/04/2026,01/04/2025,,", "before the start"),
        ("Lunches,55520000,1000,,,B18 7Q,", "full postcode"),
        ("Lunches,55520000,1000,,,,catering 1; catering 2", "named twice"),
    ],
)
def test_a_lot_with_a_mistake_is_refused_with_advice(cells: str, told: str, read: Read) -> None:
    reading = read(f"{LOT}Good,55520000,500,,,,\n{cells}\n")
    assert [lot.title for lot in reading.lots] == ["Good"]
    (problem,) = reading.problems
    assert told in problem.message
    assert problem.row == 3
    assert reading.sheets[0].total_pence == 50_000


def test_needs_may_stand_in_rows_of_their_own_or_on_a_sheet_of_their_own(read: Read) -> None:
    rows = "Reference,Title,Value,Need,Quantity\nL1,Care,1000,visits,10\nL1,,,nights,4\nL2,Food,500,meals,9\n"
    first, second = read(rows).lots
    assert [need.name for need in first.needs] == ["visits", "nights"]
    assert second.needs == (NeedRow("meals", 9),)
    book = as_sheets(
        {
            "Lots": [["Title", "Value"], ["Care", 1000]],
            "Needs": [["Title", "Need", "Quantity"], ["Care", "visits", 10], ["Care", "nights", 4]],
        }
    )
    (lot,) = read(book).lots
    assert [(need.name, need.units) for need in lot.needs] == [("visits", 10), ("nights", 4)]


def test_a_ledger_is_no_lots_file_and_a_lots_file_no_ledger(read: Read, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSheetError, match="spend ledger"):
        read(as_csv(TABLE))
    path = tmp_path / "lots.csv"
    path.write_text(LOT + "Lunches,55520000,1000,,,,\n")
    with pytest.raises(UnreadableSheetError):
        read_payments(path)


def test_a_hostile_lots_file_is_refused_as_a_hostile_ledger_is(read: Read) -> None:
    with pytest.raises(UnreadableSheetError, match="could not read"):
        read(far_corner())


def test_an_enterprise_is_read_with_all_it_says(tmp_path: Path) -> None:
    path = tmp_path / "enterprises.csv"
    path.write_text(
        "Enterprise name,Legal form,Postcode,Contact email,What they do,CPV codes,Areas,Capacity,Turnover,Insurance,"
        "Certificates,Company number,Social value offered\n"
        "Canal Side CIC,Community Interest Company,B18 7QH,pat@example.org,catering; events,55520000; 55524000,B18; B19,"
        "catering 80 meals,\"200,000\",5000000,ISO9001 until 31/03/2027; DBS,1234567,2 apprenticeships\n"
        "Bad Ltd,wizard,nowhere,pat,catering,12,B,x,y,,,,\n"
    )  # fmt: skip
    reading = read_capabilities(path)
    (one,) = reading.enterprises
    assert (one.kind, one.postcode, one.what_they_do, one.cpv) == (
        "cic",
        "B18 7QH",
        ("catering", "events"),
        ("55520000", "55524000"),
    )
    assert (one.areas, one.capacity, one.turnover_pence) == (
        ("B18", "B19"),
        (CapacityRow("catering", 80, "meals"),),
        20_000_000,
    )
    assert one.certificates == (CertificateRow("ISO9001", date(2027, 3, 31)), CertificateRow("DBS", None))
    assert (one.company_number, one.social_value) == ("01234567", (AskRow("apprenticeships", 2),))
    assert {problem.column for problem in reading.problems} == {
        "Legal form",
        "Postcode",
        "Contact email",
        "CPV codes",
        "Areas",
        "Turnover",
    }


@pytest.mark.parametrize(
    ("kind", "reader"), [("ledger", read_payments), ("lots", read_lots), ("capabilities", read_capabilities)]
)
def test_a_template_filled_in_is_read_and_its_example_is_not(
    kind: str, reader: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "template.xlsx"
    write_template(kind, path, choices={"cpv": ["55520000", "90900000"]})
    with pytest.raises(UnreadableSheetError):
        reader(path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet.freeze_panes == "A2"
    for cell in sheet[2]:
        sheet.cell(3, cell.column).value = (
            str(cell.value).replace(f" {EXAMPLE_MARK}", "") if isinstance(cell.value, str) else cell.value
        )
    book.save(path)
    (read_sheet,) = reader(path).sheets  # type: ignore[attr-defined]
    assert read_sheet.refused == 0
    assert [line.kind for line in read_sheet.non_data if line.kind == "example"] == ["example"]


def test_a_template_has_drop_downs() -> None:
    stream = io.BytesIO()
    write_template("lots", stream, choices={"cpv": ["55520000"]})
    rules = openpyxl.load_workbook(stream)["Lots"].data_validations.dataValidation
    assert {rule.type for rule in rules} == {"list", "date", "decimal"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_refused_rows_corrected_in_their_own_layout_are_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("Supplier,Date,Amount,Note\nA Ltd,4/30/2025,10.00,x\n,4/1/2025,5.00,=x\nC Ltd,4/2/2025,n/a,z\n")
    reading = read_payments(path)
    assert (reading.total_pence, reading.problems_total) == (1000, 2)
    stream = io.BytesIO()
    write_refusals(stream, reading.sheets, kind=kind)
    again = tmp_path / f"again.{kind}"
    if kind == "csv":
        text = stream.getvalue().decode("utf-8-sig")
        assert "Enter who was paid" in text
        again.write_text(text.replace("\n,", "\nB Ltd,").replace("n/a", "2.00"))
    else:
        book = openpyxl.load_workbook(stream)
        sheet = book.active
        sheet["A2"], sheet["C3"] = "B Ltd", "2.00"
        book.save(again)
    payments = list(read_payments(again).sheets[0].payments)
    # Written year first, so that a few American dates among the refusals cannot be taken for British ones.
    assert [(row.supplier, row.paid_on, row.pence) for row in payments] == [
        ("B Ltd", date(2025, 4, 1), 500),
        ("C Ltd", date(2025, 4, 2), 200),
    ]


def test_payments_stream_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(as_xlsx(TABLE))
    assert sum(payment.pence for _, payment in stream_payments(path)) == PENCE


def test_the_commands_keep_their_contract(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(as_xlsx([*TABLE, ["A Ltd", "01/04/2025", "n/a", ""]]))
    done = CliRunner().invoke(commands, ["ledger", str(path)])
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (told["file"], told["outcome"], told["reason"]) == ("ledger.xlsx", "ledger", None)
    (sheet,) = told["sheets"]
    assert (sheet["sheet"], sheet["header_row"], sheet["payments"], sheet["refused"]) == ("April", 1, 3, 1)
    assert (sheet["total_pence"], sheet["first_date"], sheet["last_date"]) == (PENCE, "2025-04-01", "2025-04-30")
    assert told["problems"][0]["row"] == 5
    path.write_bytes(b"%PDF-1.4")
    done = CliRunner().invoke(commands, ["lots", str(path)])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["outcome"], told["sheets"]) == (2, "refused", [])
    assert "PDF" in told["reason"]


def test_reading_a_ledger_loads_no_heavy_library() -> None:
    code = "import sys, procure.sheets; print([m for m in ('numpy', 'scipy', 'sklearn', 'sqlalchemy', 'python_calamine') if m in sys.modules])"
    bare = f"import types; package = types.ModuleType('procure'); package.__path__ = ['procure']; import sys; sys.modules['procure'] = package; {code}"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", bare], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"
