"""A finance officer's day: a spend file becomes a ledger, a ledger becomes the local share."""

import io
import re
from typing import Any

import pytest
from sqlalchemy import func, select

from procure.extensions import db
from procure.models import AuditEntry, Ledger, Lot, MonthlySpend, Payee, Payment, Upload
from procure.services import audit

from .. import factories

LEDGER = """Supplier Name,Amount,Payment Date,Expense Type,Supplier Postcode
Brightwell Catering CIC,"1,200.50",03/04/2026,Catering,
Brightwell Catering CIC,-200.50,20/05/2026,Catering,
Far Away Ltd,500.00,04/04/2026,Cleaning,M1 1AE
Round Corner Ltd,300.00,05/04/2026,Cleaning,B19 1AA
Nobody Knows Ltd,99.99,06/04/2026,,
Broken Amount Ltd,12x,07/04/2026,Cleaning,
"""


def a_file(text: str = LEDGER, name: str = "april.csv") -> dict[str, Any]:
    return {"ledger": (io.BytesIO(text.encode()), name)}


def number_in(address: str) -> int:
    found = re.search(r"/(\d+)", address)
    assert found, address
    return int(found.group(1))


@pytest.fixture
def anchor(make: Any) -> int:
    return make(factories.an_anchor, "Riverside Trust", outcodes=("B18", "B19"))


@pytest.fixture
def officer(signed_in_as: Any, anchor: int) -> Any:
    return signed_in_as(anchor, "anchor", "finance")


@pytest.fixture
def upload(officer: Any, run_jobs: Any) -> Any:
    """Upload a file and have it read; gives the address of its ledger."""

    def send(text: str = LEDGER, name: str = "april.csv") -> str:
        answer = officer.post("/spending/ledgers/new", a_file(text, name))
        assert answer.status_code == 302, answer.text
        run_jobs()
        return answer.headers["Location"]

    return send


def confirm(officer: Any, address: str, **more: str) -> Any:
    page = officer.get(address).text
    found = re.search(r'name="seen_pence" value="(-?\d+)"', page)
    assert found, page
    return officer.post(f"{address}/confirm", {"seen_pence": found.group(1), **more}, page=address)


def state_shown(officer: Any, payee: str) -> str:
    """The state a payee's page shows, which its buttons send along."""
    found = re.search(r'name="seen" value="(\w+)"', officer.get(payee).text)
    assert found
    return found.group(1)


def test_the_upload_answers_at_once_and_the_page_shows_progress(officer: Any) -> None:
    answer = officer.post("/spending/ledgers/new", a_file())
    page = officer.get(answer.headers["Location"]).text
    assert "Reading your file" in page
    assert "You may leave this page" in page


def test_the_page_says_how_the_file_was_read_and_its_counts_add_up(officer: Any, upload: Any) -> None:
    page = officer.get(upload()).text
    for words in ("Supplier Name", "Payment Date", "Why we think so", "£1,899.99", "Confirm £1,899.99 in 5 payments"):
        assert words in page
    counts = dict(re.findall(r'<th scope="row"[^>]*>([^<]+)</th><td[^>]*>(\d+)</td>', page))
    whole = int(counts.pop("Rows in all"))
    assert whole == 7
    assert sum(map(int, counts.values())) == whole


def test_refused_rows_are_grouped_with_advice_and_can_be_downloaded(officer: Any, upload: Any) -> None:
    address = upload()
    assert "Why rows were refused" in officer.get(address).text
    page = officer.get(f"{address}/refused").text
    assert "12x" in page
    file = officer.get(f"{address}/refused?download=csv")
    assert file.mimetype == "text/csv"
    assert "12x" in file.text
    assert "What to do" in file.text
    assert officer.get(f"{address}/refused?download=xlsx").status_code == 200


def test_money_counts_only_once_it_is_confirmed(officer: Any, upload: Any, run_jobs: Any) -> None:
    address = upload()
    assert "nothing to measure" in officer.get("/spending/local-share").text
    assert confirm(officer, address).status_code == 302
    run_jobs()
    page = officer.get("/spending/local-share").text
    assert "£1,899.99" in page


def test_the_share_is_a_range_whose_parts_add_up(officer: Any, upload: Any, run_jobs: Any, make: Any) -> None:
    make(factories.an_enterprise, "Brightwell Catering CIC", postcode="B18 5AA")
    confirm(officer, upload())
    run_jobs()
    page = officer.get("/spending/local-share").text
    assert "£1,300.00" in page  # the linked enterprise and the line with a local postcode
    assert "£500.00" in page
    assert "£99.99" in page
    assert "68.4% to 73.7%" in page


def test_both_tables_can_be_downloaded(officer: Any, upload: Any) -> None:
    confirm(officer, upload())
    for table in ("months", "categories"):
        file = officer.get(f"/spending/local-share?table={table}&download=csv")
        lines = file.text.strip().splitlines()
        assert lines[0].endswith(
            'Local,Elsewhere,Not placed,Placed but uncertain,"Local share, lowest","Local share, highest"'
        )
        assert len(lines) == {"months": 3, "categories": 4}[table]


def test_the_same_file_is_recognised_before_it_counts_twice(officer: Any, upload: Any, run_jobs: Any) -> None:
    first = upload()
    confirm(officer, first)
    second = officer.post("/spending/ledgers/new", a_file(name="again.csv")).headers["Location"]
    assert "/uploads/" in second
    page = officer.get(second).text
    assert "You have uploaded this file before" in page
    assert first in page
    answer = officer.post(f"{second}/read", page=second)
    run_jobs()
    copy = answer.headers["Location"]
    assert "Its money counts already" in officer.get(copy).text
    assert "Count it a second time" in officer.get(copy).text
    pence = re.search(r'name="seen_pence" value="(-?\d+)"', officer.get(copy).text)
    assert pence
    refused = officer.post(f"{copy}/confirm", {"seen_pence": pence.group(1)}, page=copy)
    assert refused.status_code == 409
    assert "counts already" in refused.text
    assert confirm(officer, copy, counts_twice="y").status_code == 302


def test_a_second_copy_can_be_thrown_away(officer: Any, upload: Any, make: Any) -> None:
    upload()
    second = officer.post("/spending/ledgers/new", a_file(name="again.csv")).headers["Location"]
    assert officer.post(f"{second}/discard", page=second).status_code == 302
    assert officer.post(f"{second}/read", page="/spending/ledgers/new").status_code == 409
    assert make(lambda: db.session.scalar(select(func.count(Ledger.id)))) == 1


def test_payments_that_stand_in_another_ledger_are_pointed_out(officer: Any, upload: Any) -> None:
    confirm(officer, upload())
    page = officer.get(upload(LEDGER + "New Firm,1.00,08/04/2026,Cleaning,\n", "april again.csv")).text
    assert "5 of these payments, £1,899.99 together, look the same" in page


def test_a_file_that_is_no_ledger_is_refused_with_what_to_upload_instead(officer: Any, upload: Any) -> None:
    page = officer.get(upload("What is this,A poem\nroses,red\n", "poem.csv")).text
    assert "We cannot take this file" in page
    assert "What to upload instead" in page
    assert "Confirm" not in page


def test_an_empty_form_says_what_to_do(officer: Any) -> None:
    answer = officer.post("/spending/ledgers/new", {})
    assert "Choose a file" in answer.text


def test_confirming_what_was_not_seen_is_a_conflict(officer: Any, upload: Any) -> None:
    address = upload()
    answer = officer.post(f"{address}/confirm", {"seen_pence": "1"}, page=address)
    assert answer.status_code == 409


def test_a_ledger_is_confirmed_once(officer: Any, upload: Any, make: Any) -> None:
    address = upload()
    confirm(officer, address)
    answer = officer.post(f"{address}/confirm", {"seen_pence": "189999"}, page="/spending/ledgers/new")
    assert answer.status_code == 409
    assert make(lambda: db.session.scalar(select(func.sum(MonthlySpend.pence)))) == 189_999


def test_discarding_takes_the_money_away_everywhere(officer: Any, upload: Any, make: Any, run_jobs: Any) -> None:
    address = upload()
    confirm(officer, address)
    run_jobs()
    assert "This money counts now" in officer.get(f"{address}/discard").text
    assert officer.post(f"{address}/discard").status_code == 302
    assert officer.get(address).status_code == 404
    assert "nothing to measure" in officer.get("/spending/local-share").text

    def left() -> list[int]:
        return [db.session.scalar(select(func.count(r.id))) or 0 for r in (Payment, MonthlySpend, Payee)]

    assert make(left) == [0, 0, 0]
    stored = make(lambda: db.session.scalars(select(Upload)).one().state)
    assert stored == "discarded"


def test_the_original_comes_back_byte_for_byte_as_a_download(officer: Any, upload: Any) -> None:
    answer = officer.get(f"{upload()}/original")
    assert answer.data.decode() == LEDGER
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_column_can_be_corrected_and_the_file_is_read_again(officer: Any, upload: Any, run_jobs: Any) -> None:
    text = "Supplier,Net Amount,Gross Amount,Date\nOne Ltd,100.00,120.00,01/04/2026\nTwo Ltd,50.00,60.00,02/04/2026\n"
    address = upload(text, "gross.csv")
    assert "Confirm £150.00" in officer.get(address).text
    values = {"supplier": "0", "amount": "2", "paid_on": "3", "category": "", "supplier_postcode": ""}
    assert officer.post(f"{address}/columns", values).status_code == 302
    run_jobs()
    assert "Confirm £180.00 in 2 payments" in officer.get(address).text


def test_the_officer_settles_a_payee_and_takes_it_back(
    officer: Any, upload: Any, run_jobs: Any, make: Any, anchor: int
) -> None:
    enterprise = make(factories.an_enterprise, "Northgate Meals", postcode="B18 5AA")
    confirm(officer, upload())
    run_jobs()
    listed = officer.get("/spending/payees?q=Nobody").text
    address = re.search(r'href="(/spending/payees/\d+)">Nobody', listed)
    assert address
    payee = address.group(1)
    assert "Northgate Meals" in officer.get(f"{payee}?q=northgate").text
    values = {"enterprise_id": str(enterprise), "seen": state_shown(officer, payee)}
    assert officer.post(f"{payee}/link", values, page=payee).status_code == 302
    assert "You said this is <strong>Northgate Meals</strong>" in officer.get(payee).text
    assert "£399.99" in officer.get("/spending/local-share").text
    assert officer.post(f"{payee}/link", values, page=payee).status_code == 409
    assert officer.post(f"{payee}/undo", {"seen": state_shown(officer, payee)}, page=payee).status_code == 302
    assert officer.post(f"{payee}/reject", {"seen": state_shown(officer, payee)}, page=payee).status_code == 302
    assert "none of the registered enterprises" in officer.get(payee).text
    entries = make(lambda: list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))))
    assert entries[-3:] == ["payee linked", "payee decision taken back", "payee not registered"]


def test_another_anchor_finds_nothing(officer: Any, upload: Any, signed_in_as: Any, make: Any) -> None:
    address = upload()
    stranger = signed_in_as(make(factories.an_anchor, "Elsewhere Council"), "anchor", "finance")
    for path in ("", "/payments", "/refused", "/original", "/discard", "/columns"):
        assert stranger.get(address + path).status_code == 404
    assert (
        stranger.post(f"{address}/confirm", {"seen_pence": "189999"}, page="/spending/ledgers/new").status_code == 404
    )


def test_a_viewer_reads_and_changes_nothing(upload: Any, signed_in_as: Any, anchor: int) -> None:
    address = upload()
    viewer = signed_in_as(anchor, "anchor", "viewer")
    page = viewer.get(address).text
    assert "£1,899.99" in page
    assert "Confirm £" not in page
    assert viewer.post(f"{address}/confirm", {"seen_pence": "189999"}, page="/account").status_code == 403


def test_the_home_says_what_needs_the_officer(officer: Any, upload: Any, run_jobs: Any) -> None:
    assert "Add your first ledger" in officer.get("/spending").text
    address = upload()
    page = officer.get("/spending").text
    assert "Check and confirm april.csv" in page
    confirm(officer, address)
    run_jobs()
    page = officer.get("/spending").text
    assert "Check and confirm" not in page
    lately = page.partition("Lately")[2]
    assert re.search(r"Ledger confirmed: <a [^>]*>april.csv</a>\. \w", lately)


def test_the_home_tells_what_was_done_many_times_in_a_row_once(officer: Any, make: Any, anchor: int) -> None:
    def story() -> None:
        for number in range(40):
            lot = factories.a_lot(anchor, title=f"Lot {number}")
            audit.note(None, "suppliers proposed", db.session.get(Lot, lot))
        db.session.commit()

    make(story)
    page = officer.get("/spending").text
    assert page.count("Suppliers proposed") == 1
    assert "Suppliers proposed, 40 times. The system" in page


def test_areas_are_typed_as_people_type_them(officer: Any, make: Any) -> None:
    answer = officer.post(
        "/spending/areas/new", {"name": "Wider", "districts": "b18, B19;ws10 b18", "is_headline": "y"}
    )
    assert answer.status_code == 302
    page = officer.get("/spending/areas").text
    assert "3 postcode districts: B18, B19, WS10" in page
    wrong = officer.post("/spending/areas/new", {"name": "Bad", "districts": "B18 Birmingham"})
    assert "Check BIRMINGHAM" in wrong.text
    again = officer.post("/spending/areas/new", {"name": "Wider", "districts": "B18"})
    assert "You have an area with this name already" in again.text


def test_a_month_without_payments_is_pointed_out(officer: Any, upload: Any) -> None:
    confirm(officer, upload(LEDGER + "Late Ltd,5.00,01/08/2026,Cleaning,\n"))
    assert "No confirmed payments for June 2026, July 2026" in officer.get("/spending/ledgers").text


def test_lists_can_be_searched_sorted_and_downloaded(officer: Any, upload: Any) -> None:
    address = upload()
    confirm(officer, address)
    assert "Far Away" not in officer.get(f"{address}/payments?q=corner").text
    first = officer.get(f"{address}/payments?sort=-amount").text
    assert first.index("Brightwell") < first.index("Far Away")
    assert officer.get("/spending/payees?download=xlsx").status_code == 200
    assert "april.csv" in officer.get("/spending/ledgers?download=csv").text


@pytest.mark.parametrize("address", ["/spending", "/spending/ledgers", "/spending/payees", "/spending/local-share"])
def test_a_buyer_sees_the_share_but_no_ledger(signed_in_as: Any, anchor: int, address: str) -> None:
    buyer = signed_in_as(anchor, "anchor", "buyer")
    may = address in ("/spending", "/spending/local-share")
    assert buyer.get(address).status_code == (200 if may else 403)


def test_the_home_of_a_new_anchor_tells_each_officer_where_to_begin(signed_in_as: Any, make: Any) -> None:
    anchor = make(lambda: factories.an_organisation("Newtown Trust", is_anchor=True, sector="nhs"))
    begins = {
        "finance": ("Add your first ledger", "Say what local means for you"),
        "buyer": ("Add your first lot", "Your finance officer has not said yet what local means"),
        "viewer": ("Nothing waits for you now", "Your finance officer has not said yet what local means"),
    }
    for role, told in begins.items():
        page = signed_in_as(anchor, "anchor", role).get("/spending").text
        for words in told:
            assert words in page, (role, words)
        assert ("/spending/areas" in page) == (role == "finance"), role


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "No file was received. Choose a file"),
        ({"ledger": (io.BytesIO(b""), "")}, "No file was received. Choose a file"),
        ({"other": (io.BytesIO(b"x"), "spend.csv")}, "No file was received. Choose a file"),
        (
            {"ledger": [(io.BytesIO(b"x"), "a.csv"), (io.BytesIO(b"y"), "b.csv")]},
            "There is a problem with this request",
        ),
    ],
    ids=["none", "empty name", "wrong field", "two"],
)
def test_an_upload_without_exactly_one_file_is_refused_and_said(officer: Any, files: Any, words: str) -> None:
    answer = officer.post("/spending/ledgers/new", files, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert words in answer.text
    assert "There is no ledger yet" in officer.get("/spending/ledgers").text
