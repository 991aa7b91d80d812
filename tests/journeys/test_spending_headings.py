"""A ledger whose headings we missed: the officer points at them, and we know them in the next file."""

from typing import Any

from .test_spending import anchor, officer, upload

__all__ = ["anchor", "officer", "upload"]

ODD = "Spending of the trust\nWhom,What it was,How many pence\n"
LINES = "One Ltd,01/04/2026,100.00\nTwo Ltd,02/04/2026,50.00\nThree Ltd,03/04/2026,7.00\n"


def test_a_refused_file_is_read_once_the_officer_points_at_its_headings(
    officer: Any, upload: Any, run_jobs: Any
) -> None:
    address = upload(ODD + LINES, "odd.csv")
    page = officer.get(address).text
    assert "We cannot take this file" in page
    assert "Choose the heading row" in page
    rows = officer.get(f"{address}/headings").text
    assert "How many pence" in rows
    assert "Choose the row that holds the headings" in officer.get(f"{address}/headings?name=&asked=y").text
    onward = officer.get(f"{address}/headings?name=&asked=y&row=2")
    assert onward.status_code == 302
    assert "Column 1: Whom (One Ltd, Two Ltd)" in officer.get(onward.location).text
    chosen = {"supplier": "0", "paid_on": "1", "amount": "2"}
    assert officer.post(onward.location, chosen).status_code == 302
    run_jobs()
    page = officer.get(address).text
    assert "Confirm £157.00 in 3 payments" in page
    assert "The headings stand in row 2" in page
    assert "that these are the headings" in page
    later = upload("Another title\n\n" + ODD.split("\n")[1] + "\n" + LINES.replace("100.00", "101.00"), "next.csv")
    page = officer.get(later).text
    assert "Confirm £158.00 in 3 payments" in page
    assert "The headings stand in row 3" in page
    officer.post(f"{later}/columns/forget?sheet=0", page=later)
    run_jobs()
    assert "We cannot take this file" in officer.get(later).text


def test_a_file_without_headings_is_read_by_its_columns(officer: Any, upload: Any, run_jobs: Any) -> None:
    address = upload(LINES, "bare.csv")
    where = f"{address}/headings/columns?name=&row=0"
    assert "has no headings" in officer.get(where).text
    officer.post(where, {"supplier": "0", "paid_on": "1", "amount": "2"})
    run_jobs()
    assert "Confirm £157.00 in 3 payments" in officer.get(address).text


def test_a_file_that_cannot_be_opened_offers_no_rows(officer: Any, upload: Any, run_jobs: Any) -> None:
    address = upload("<!doctype html><html><body>no</body></html>", "page.csv")
    assert "Choose the heading row" not in officer.get(address).text
    assert officer.get(f"{address}/headings").status_code == 404
    assert officer.get(f"{address}/headings/columns?name=&row=2").status_code == 404


def test_a_row_that_the_file_does_not_have_is_not_found(officer: Any, upload: Any) -> None:
    address = upload(ODD + LINES, "odd.csv")
    for wrong in ("6", "-1", "x", ""):
        assert officer.get(f"{address}/headings/columns?name=&row={wrong}").status_code == 404
    assert officer.get(f"{address}/headings?name=Other").status_code == 404
