"""Tables to take away: as CSV, as a workbook and as JSON, with the same figures, and what they mean."""

import ast
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from procure.pages.definitions import TABLES
from procure.pages.measures import find_measure

from .. import factories

PACKAGE = Path(__file__).resolve().parents[2] / "procure"
LEDGER = """Supplier Name,Net Amount,Payment Date,Expense Type,Postcode
=Canal Kitchen CIC,"26,000.05",03/04/2026,Food,B18 5AA
Lock Cleaning Ltd,-499.99,05/06/2026,Cleaning,
"""


def names_of_tables() -> set[str]:
    """The name each call of ours gives to a table, up to the first part that is worked out."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Listing", "send_table"):
                given = [each.value for each in node.keywords if each.arg == "name"]
                found |= set(_beginnings((given or node.args)[0]))
    return found


def _beginnings(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        return _beginnings(node.values[0])
    return [*_beginnings(node.body), *_beginnings(node.orelse)] if isinstance(node, ast.IfExp) else []


def test_every_table_says_what_it_is() -> None:
    prefixes = tuple(known for known in TABLES if known.endswith("-"))
    names = names_of_tables()
    assert "ledgers" in names
    assert sorted(name for name in names if name not in TABLES and not name.startswith(prefixes)) == []


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_definition_is_a_sentence_and_its_method_a_document(name: str) -> None:
    said = TABLES[name]
    assert said.definition.endswith(".")
    assert said.measure is None or find_measure(said.measure)


@pytest.fixture
def officer(make: Any, signed_in_as: Any, run_jobs: Any) -> Any:
    """A finance officer with one confirmed ledger."""
    visitor = signed_in_as(make(factories.an_anchor), "anchor", "finance")
    sent = visitor.post("/spending/ledgers/new", {"ledger": (io.BytesIO(LEDGER.encode()), "spring.csv")})
    run_jobs()
    address = sent.headers["Location"]
    visitor.post(f"{address}/confirm", {"seen_pence": "2550006"}, page=address)
    return visitor


def test_a_list_is_the_same_in_every_kind_of_file(officer: Any) -> None:
    address = "/spending/payees?sort=-paid&download="
    told = json.loads(officer.get(f"{address}json").data)
    sheet = load_workbook(io.BytesIO(officer.get(f"{address}xlsx").data))
    rows = list(csv.reader(io.StringIO(officer.get(f"{address}csv").data.decode("utf-8-sig"))))
    headings = [column["name"] for column in told["columns"]]
    assert rows[0] == headings == [cell.value for cell in sheet["Rows"][1]]
    paid = headings.index("Paid")
    assert [float(row[paid]) for row in rows[1:]] == [26000.05, -499.99]
    assert [row["Paid"] for row in told["rows"]] == [26000.05, -499.99]
    assert [sheet["Rows"].cell(row, paid + 1).value for row in (2, 3)] == [26000.05, -499.99]


def test_json_and_workbook_say_what_the_figures_are(officer: Any) -> None:
    told = json.loads(officer.get("/spending/local-share?table=months&download=json").data)
    assert told["method"].endswith("/measures/local-share")
    assert {"name": "Local", "unit": "pounds"} in told["columns"]
    assert "Local is Around us" in told["definition"]
    book = load_workbook(io.BytesIO(officer.get("/spending/local-share?table=months&download=xlsx").data))
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert about["Definition"] == told["definition"]
    assert about["Unit of Local share, lowest"] == "share from 0 to 1"


def test_no_cell_acts_as_a_formula_and_json_keeps_the_name_as_it_is(officer: Any) -> None:
    assert "'=Canal Kitchen CIC" in officer.get("/spending/payees?download=csv").text
    told = json.loads(officer.get("/spending/payees?download=json").data)
    assert "=Canal Kitchen CIC" in {row["Payee"] for row in told["rows"]}
    answer = officer.get("/spending/payees?download=json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/json"


def test_any_other_kind_is_the_page(officer: Any) -> None:
    assert "<h1" in officer.get("/spending/payees?download=exe").text
