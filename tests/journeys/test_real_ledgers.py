"""Ledgers as public bodies published them, through the web upload to a confirmed ledger with the right total."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from procure.extensions import db
from procure.models import Ledger, MonthlySpend, Payment

from .. import factories
from ..conftest import Visitor, hidden_fields
from ..shared_data import SHARED, needs_shared

FOLDER = SHARED / "data" / "spend"
FILES = (
    "oxford-city-council__expenditure-over-500-jul-sep-2016.csv",
    "barking-havering-and-redbridge-universit__BHR_Merged.xlsx",
    "barts-health-nhs-trust__BART_01_-_April.xlsx",
    "barts-health-nhs-trust__BART_09_-_December.xls",
    "lancashire-fire-and-rescue-service__fire-2022-23.xlsx",
    "care-quality-commission__20130228_february_transparency_data_for_website.csv",
    "darlington-borough-council__2022-03.csv",
    "greater-london-authority__2018-P11.csv",
    "guy-s-and-st-thomas-nhs-foundation-trust__GUYS_05_-_August.csv",
    "leeds-city-council__2020-06.csv",
    "manchester-city-council__2020-06.csv",
    "epsom-and-st-helier-university-hospitals__EPSH_01_-_April.csv",
    "nhs-newham-ccg__NENW_08_-_November.pdf.csv",
    "hm-treasury__transparency_spend_over_25k_february_2013.csv",
)


TO_THE_REPORT = (
    "oxford-city-council__expenditure-over-500-jul-sep-2016.csv",
    "barts-health-nhs-trust__BART_09_-_December.xls",
    "lancashire-fire-and-rescue-service__fire-2022-23.xlsx",
    "darlington-borough-council__2022-03.csv",
    "care-quality-commission__20130228_february_transparency_data_for_website.csv",
    "hm-treasury__transparency_spend_over_25k_february_2013.csv",
)
"""One file each of six publishers."""


def accepted_totals(name: str) -> set[tuple[int, int]]:
    """(payments, pence) that are right for a file, summed over its sheets."""
    truth = next(each for each in json.loads((FOLDER / "truth.json").read_text()) if each["file"] == name)
    totals = {(0, 0)}
    for sheet in truth["expect"]["sheets"]:
        ways = [sheet, *sheet.get("alternatives", ())]
        totals = {(n + way["payments"], p + way["total_pence"]) for n, p in totals for way in ways}
    return totals


def upload(officer: Visitor, name: str) -> Any:
    """Send a file as a browser does. Encoded here, because the test client would leave a spool of a large one open."""
    page = officer.get("/spending/ledgers/new").text
    with (FOLDER / name).open("rb") as stream:
        fields = {**hidden_fields(page), "ledger": FileStorage(stream, filename=name)}
        boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    return officer.client.post("/spending/ledgers/new", data=body, content_type=kind)


@needs_shared
@pytest.mark.parametrize("name", FILES)
def test_a_published_ledger_reaches_its_true_total(name: str, make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    anchor = make(factories.an_anchor)
    officer = signed_in_as(anchor, "anchor", "finance")
    answer = upload(officer, name)
    run_jobs()
    address = answer.headers["Location"]
    seen = make(lambda: db.session.scalars(select(Ledger)).one())
    assert seen.state == "unconfirmed", seen.state
    assert (seen.payments_count, seen.total_pence) in accepted_totals(name)
    assert officer.get(address).status_code == 200
    confirmed = officer.post(f"{address}/confirm", {"seen_pence": str(seen.total_pence)}, page=address)
    assert confirmed.status_code == 302
    assert officer.get("/spending/local-share").status_code == 200

    def sums() -> tuple[int, int]:
        lines = db.session.execute(select(func.count(Payment.id), func.sum(Payment.pence))).one()
        months = db.session.execute(select(func.sum(MonthlySpend.payments), func.sum(MonthlySpend.pence))).one()
        assert tuple(lines) == tuple(months)
        return int(lines[0]), int(lines[1])

    assert make(sums) == (seen.payments_count, seen.total_pence)


@needs_shared
@pytest.mark.parametrize("name", TO_THE_REPORT)
def test_a_published_ledger_runs_through_to_the_report(name: str, make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    officer = signed_in_as(make(factories.an_anchor), "anchor", "finance")
    address = upload(officer, name).headers["Location"]
    run_jobs()
    total = make(lambda: db.session.scalars(select(Ledger)).one()).total_pence
    officer.post(f"{address}/confirm", {"seen_pence": str(total)}, page=address)
    run_jobs()
    assert officer.post("/open-data/reports", {"kind": "anchor"}).status_code == 302
    run_jobs()
    told = officer.get("/open-data/reports/1/file?kind=json").json
    tables = {table["caption"]: table for table in told["sections"][1]["tables"]}
    *_, everything = tables["Local share by quarter"]["rows"]
    assert everything[0] == "Everything"
    assert everything[4] == sum(everything[1:4]) == total
    assert officer.get("/open-data/reports/1").status_code == 200
    for kind in ("docx", "xlsx"):
        assert officer.get(f"/open-data/reports/1/file?kind={kind}").data.startswith(b"PK")
    pdf = officer.get("/open-data/reports/1/file?kind=pdf")
    assert pdf.data.startswith(b"%PDF-") or pdf.status_code == 404
