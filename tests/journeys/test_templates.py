"""Templates: downloaded, filled in as a person does in a spreadsheet, and sent back."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from .. import factories

FILLED: dict[str, tuple[str, dict[str, Any]]] = {
    "lots": (
        "/buying/lots",
        {
            "Lot reference": "N-1",
            "Title": "Night porters",
            "Description": "Porters for two wards",
            "CPV code": "98341120",
            "Estimated value": 90000,
            "Start date": date(2027, 4, 1),
            "Deadline": date(2027, 2, 26),
            "Needs": "portering 2 shifts",
            "Reserved (yes or no)": "No",
        },
    ),
    "capabilities": (
        "/supplying/members",
        {
            "Enterprise name": "Night Porters CIC",
            "Legal form": "CIC",
            "Postcode": "B18 7QH",
            "Contact email": "night@example.org",
            "What they do": "portering",
            "Capacity": "portering 2 shifts",
        },
    ),
}

FOUND = {"lots": "Keep 1 lot as a draft", "capabilities": "Register 1 enterprise"}


@pytest.fixture
def people(signed_in_as: Callable[..., Any], make: Callable[..., Any]) -> dict[str, Any]:
    anchor = make(factories.an_anchor)
    network = make(factories.an_organisation, "Makers' network", is_network=True)
    return {
        "lots": signed_in_as(anchor, "anchor", "buyer"),
        "capabilities": signed_in_as(network, "network", "adviser"),
    }


def fill(template: bytes, values: dict[str, Any]) -> BytesIO:
    """The first free row under the example filled in, and the book saved, as a spreadsheet program would."""
    book = openpyxl.load_workbook(BytesIO(template))
    sheet = book.active
    assert sheet is not None
    headings = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in values.items():
        sheet.cell(3, headings[heading], value)
    saved = BytesIO()
    book.save(saved)
    saved.seek(0)
    return saved


@pytest.mark.parametrize("kind", FILLED)
def test_a_template_that_was_filled_in_gives_that_row_and_not_the_example(
    kind: str, people: dict[str, Any], run_jobs: Callable[[], int]
) -> None:
    address, values = FILLED[kind]
    person = people[kind]
    template = person.get(f"{address}/template")
    assert template.status_code == 200
    sent = person.post(f"{address}/upload", {"file": (fill(template.data, values), "filled.xlsx")})
    run_jobs()
    page = person.get(sent.headers["Location"]).text
    assert values.get("Title", values.get("Enterprise name")) in page
    assert "Canal Side Catering" not in page
    assert "Lunches for day centres" not in page
    assert FOUND[kind] in page


@pytest.mark.parametrize(("kind", "lists"), [("lots", {"Yes,No", "cpv"}), ("capabilities", {"kind"})])
def test_a_template_offers_its_choices_in_the_cells(kind: str, lists: set[str], people: dict[str, Any]) -> None:
    template = people[kind].get(f"{FILLED[kind][0]}/template")
    book = openpyxl.load_workbook(BytesIO(template.data))
    sheet = book[kind.capitalize()]
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(rules) >= len(lists)
    assert book["Choices"].sheet_state == "hidden"
    assert all("Choices!" in rule.formula1 for rule in rules)
