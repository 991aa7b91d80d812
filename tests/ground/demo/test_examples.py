"""The example files open everywhere, add up, and are the same bytes each time."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest
import python_calamine
from uk_postcodes_parsing import ukpostcode

from procure.demo import ExampleFile, Place, write_examples
from procure.demo.words import trades, words


@pytest.fixture(scope="module")
def examples(place: Place, tmp_path_factory: pytest.TempPathFactory) -> tuple[ExampleFile, ...]:
    return write_examples(place, tmp_path_factory.mktemp("examples"))


def sheet_rows(path: Path) -> list[list[object]]:
    return python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def records(rows: Iterable[list[object]], heading: str) -> list[dict[str, object]]:
    """The rows below the heading row, by heading."""
    found = iter(rows)
    headings = next(row for row in found if heading in row)
    return [dict(zip(map(str, headings), row, strict=False)) for row in found]


def pence(amounts: Iterable[object]) -> int:
    return sum(round(float(str(amount)) * 100) for amount in amounts)


def test_there_is_a_ledger_in_each_format_a_lots_file_and_a_capabilities_file(examples: tuple[ExampleFile, ...]):
    assert {e.path.suffix for e in examples if e.kind == "ledger"} == {".csv", ".xlsx", ".xls", ".ods"}
    assert [e.kind for e in examples if e.kind != "ledger"] == ["lots", "capabilities"]


def test_writing_again_changes_no_byte(place: Place, examples: tuple[ExampleFile, ...], tmp_path: Path):
    again = write_examples(place, tmp_path / "again")
    assert [e.path.read_bytes() for e in again] == [e.path.read_bytes() for e in examples]


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_the_hospital_file_adds_up_to_its_total_at_the_foot(examples: tuple[ExampleFile, ...], suffix: str):
    example = next(e for e in examples if e.path.suffix == f".{suffix}" and e.kind == "ledger")
    *payments, foot = records(sheet_rows(example.path), "Supplier")
    assert len(payments) == example.rows
    assert foot["Department Family"] == "Total"
    assert pence(p["Amount"] for p in payments) == pence([foot["Amount"]]) == example.total_pence


def test_the_university_file_adds_up_to_its_total_at_the_foot(examples: tuple[ExampleFile, ...]):
    example = next(e for e in examples if e.path.suffix == ".ods")
    *payments, foot = records(sheet_rows(example.path), "Paid To")
    assert len(payments) == example.rows
    assert foot["Our Ref"] == "Total"
    assert pence(p["Value ex VAT"] for p in payments) == pence([foot["Value ex VAT"]]) == example.total_pence


def test_the_council_file_adds_up_once_its_spoiled_lines_are_set_aside(examples: tuple[ExampleFile, ...]):
    example = next(e for e in examples if e.path.suffix == ".csv")
    with example.path.open(encoding="cp1252", newline="") as file:
        lines = records(csv.reader(file), "Supplier Name")
    payments = [line for line in lines if len(line) == 11]
    spoiled = [
        line
        for line in payments
        if line["Net Amount (£)"] == "see note 4" or line["Payment Date"] == "31/02/2026" or not line["Supplier Name"]
    ]
    assert len(spoiled) == example.refused == 3
    amounts = [str(line["Net Amount (£)"]).replace(",", "") for line in payments if line not in spoiled]
    assert len(amounts) == example.rows
    assert pence(f"-{a[1:-1]}" if a.startswith("(") else a for a in amounts) == example.total_pence


def test_the_lots_to_upload_are_new_and_priced_like_the_others(examples: tuple[ExampleFile, ...], place: Place):
    example = next(e for e in examples if e.kind == "lots")
    lots = records(sheet_rows(example.path), "Title")
    assert len(lots) == example.rows == 6
    assert not {lot["Title"] for lot in lots} & {lot.title for lot in place.lots}
    units = {t["unit"] for t in trades()} | {more["unit"] for t in trades() for more in t["more"]}
    for row in words("example_lots"):
        assert {unit for _, _, unit in row["needs"]} <= units


def test_the_enterprises_to_upload_are_not_in_the_place_yet(examples: tuple[ExampleFile, ...], place: Place):
    example = next(e for e in examples if e.kind == "capabilities")
    newcomers = records(sheet_rows(example.path), "Name")
    assert len(newcomers) == example.rows == 12
    known = {e.name for e in place.enterprises} | {e.company_number for e in place.enterprises}
    for newcomer in newcomers:
        assert newcomer["Name"] not in known
        assert newcomer["Company number"] not in known
        assert ukpostcode.parse(str(newcomer["Postcode"])) is not None
