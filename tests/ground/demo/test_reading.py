"""Our own reader takes the example files as people would upload them."""

from pathlib import Path

import pytest

from procure.demo import ExampleFile, Place, write_examples
from procure.sheets.capabilities import read_capabilities
from procure.sheets.lots import read_lots
from procure.sheets.payments import read_payments


@pytest.fixture(scope="module")
def examples(place: Place, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ExampleFile]:
    written = write_examples(place, tmp_path_factory.mktemp("examples"))
    return {example.path.name: example for example in written}


@pytest.mark.parametrize(
    "name", ["hospital-2026-10.xlsx", "council-2026-10.csv", "university-2026-10.ods", "hospital-2026-10.xls"]
)
def test_a_ledger_is_read_to_the_penny_and_only_its_spoiled_lines_are_refused(
    examples: dict[str, ExampleFile], name: str
):
    example = examples[name]
    (sheet,) = read_payments(example.path).sheets
    assert (len(sheet.payments), sheet.refused, sheet.total_pence) == (
        example.rows,
        example.refused,
        example.total_pence,
    )
    assert "supplier_postcode" in sheet.columns


def test_the_lots_file_is_read_without_a_problem(examples: dict[str, ExampleFile]):
    reading = read_lots(examples["lots.xlsx"].path)
    assert reading.problems == ()
    assert len(reading.lots) == examples["lots.xlsx"].rows
    breakfast = reading.lots[-1]
    assert [need.name for need in breakfast.needs] == ["Bread", "Fruit and vegetables", "Youth work"]
    assert all(lot.social_value and lot.certificates_each for lot in reading.lots)


def test_the_capabilities_file_is_read_without_a_problem(examples: dict[str, ExampleFile]):
    reading = read_capabilities(Path(examples["capabilities.xlsx"].path))
    assert reading.problems == ()
    assert len(reading.enterprises) == examples["capabilities.xlsx"].rows
    assert all(enterprise.capacity and enterprise.social_value for enterprise in reading.enterprises)
