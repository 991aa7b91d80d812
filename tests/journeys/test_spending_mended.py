"""A ledger is put right on its pages: rows come back corrected, doubles are left out, columns are remembered."""

import io
import re
from typing import Any

from openpyxl import load_workbook

from .test_spending import LEDGER, anchor, confirm, officer, upload

__all__ = ["anchor", "officer", "upload"]


def press(officer: Any, address: str, act: str, **fields: str) -> Any:
    answer = officer.post(f"{address}/{act}", fields, page=address)
    assert answer.status_code == 302, answer.text
    return officer.get(address).text


def test_refused_rows_go_out_and_come_back_corrected(officer: Any, upload: Any, run_jobs: Any) -> None:
    address = upload()
    assert "Add corrected rows" in officer.get(address).text
    book = load_workbook(io.BytesIO(officer.get(f"{address}/refused/file").data))
    assert [cell.value for cell in book.worksheets[0][1]][:3] == ["Supplier Name", "Amount", "Payment Date"]
    book.worksheets[0].cell(2, 2, "12.00")
    stream = io.BytesIO()
    book.save(stream)
    for _ in range(2):
        sent = {"ledger": (io.BytesIO(stream.getvalue()), "mended.xlsx")}
        answer = officer.post(f"{address}/corrected", sent)
        run_jobs()
        if answer.status_code == 409:  # nothing is left to correct
            break
        page = officer.get(address).text
        assert "1 row added, £12.00" in page
    assert "Confirm £1,911.99 in 6 payments" in officer.get(address).text
    assert officer.get(f"{address}/refused/file?kind=exe").status_code == 404


def test_the_officer_leaves_out_what_another_ledger_paid(officer: Any, upload: Any, run_jobs: Any) -> None:
    confirm(officer, upload())
    address = upload(LEDGER + "New Firm,1.00,08/04/2026,Cleaning,\n", "april again.csv")
    page = officer.get(address).text
    assert "Keep all and confirm £1,900.99 in 6 payments" in page
    unseen = re.search(r'name="seen_pence" value="(-?\d+)"', page)
    assert unseen
    refused = officer.post(f"{address}/confirm", {"seen_pence": unseen.group(1)}, page=address)
    assert refused.status_code == 409
    page = press(officer, address, "leave-out", why="paid", seen_doubles="5")
    assert "You left out 5 payments paid in another ledger, £1,899.99 together" in page
    assert "Confirm £1.00 in 1 payment" in page
    assert "Left out: paid in ledger april.csv" in officer.get(f"{address}/left-out").text
    page = press(officer, address, "put-back", why="paid")
    assert "Keep all and confirm £1,900.99 in 6 payments" in page


def test_what_was_told_about_a_column_is_said_next_time_and_can_be_forgotten(
    officer: Any, upload: Any, run_jobs: Any
) -> None:
    text = "Supplier,Net Amount,Gross Amount,Date\nOne Ltd,100.00,120.00,01/04/2026\nTwo Ltd,50.00,60.00,02/04/2026\n"
    address = upload(text, "april.csv")
    values = {"supplier": "0", "amount": "2", "paid_on": "3", "category": "", "supplier_postcode": ""}
    assert officer.post(f"{address}/columns", values).status_code == 302
    run_jobs()
    following = upload(text.replace("/04/", "/05/"), "may.csv")
    page = officer.get(following).text
    assert re.search(r"You told us on \d+ \w+ \d{4} that “Gross Amount” is the amount", page)
    assert "Confirm £180.00 in 2 payments" in page
    answer = officer.post(f"{following}/columns/forget?sheet=0", page=following)
    assert answer.status_code == 302
    run_jobs()
    page = officer.get(following).text
    assert "You told us" not in page
    assert "Confirm £150.00 in 2 payments" in page
