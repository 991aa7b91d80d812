"""A procurement officer's day: adding lots, seeing who could do them, and deciding."""

import csv
import io
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from .. import factories

MEALS = ("Freshly cooked meals for wards", "55520000", "meals a day", 200)
LOT = {
    "title": "Ward meals",
    "description": "Freshly cooked meals for wards",
    "division": "55",
    "value": "120,000",
    "postcode": "b18 7qh",
    "needs-0-name": "Meals",
    "needs-0-units": "100",
    "needs-0-unit": "meals a day",
    "local_jobs-quantity": "2",
    "social_value_percent": "10",
    "form_of_consortium": "joint",
}


def look(what: Any, lot: int) -> Any:
    from procure.extensions import db
    from procure.models import Lot

    found = db.session.get(Lot, lot)
    assert found is not None
    return what(found)


def test_a_lot_is_a_draft_until_opened_and_then_suppliers_stand_on_its_page(
    signed_in_as: Any, make: Any, run_jobs: Any
) -> None:
    anchor = make(factories.an_anchor)
    make(factories.an_enterprise, "Plate & Ladle CIC", capabilities=(MEALS,))
    buyer = signed_in_as(anchor, "anchor", "buyer")
    kept = buyer.post("/buying/lots/add", LOT)
    assert kept.status_code == 302, kept.text
    page = kept.headers["Location"]
    assert "Nobody is proposed yet" in buyer.get(page).text
    assert buyer.post(f"{page}/open", page=page).status_code == 302
    assert "Looking for suppliers" in buyer.get(page).text
    assert run_jobs() == 1
    shown = buyer.get(page).text
    for words in (
        "Plate &amp; Ladle CIC",
        "Who could do it",
        "One enterprise can carry it all",
        "2 local jobs",
        "<mark>",
    ):
        assert words in shown
    pipeline = buyer.get("/buying/lots?q=ward&state=open").text
    assert "Ward meals" in pipeline


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        pytest.param({"title": ""}, "Enter a title", id="no title"),
        pytest.param({"value": "lots"}, "Enter an amount in pounds", id="words for pounds"),
        pytest.param({"needs-0-units": ""}, "Enter how many units", id="need without units"),
        pytest.param({"needs-0-name": ""}, "Say what is needed", id="need without a name"),
        pytest.param({"needs-0-value": "1"}, "They must be the same", id="values that do not add up"),
        pytest.param({"postcode": "nowhere"}, "Enter a postcode like B18 7QH", id="no postcode"),
        pytest.param({"cpv": "12345678"}, "Enter a CPV code of 8 digits", id="no such division"),
        pytest.param({"local_jobs-weight": "40"}, "They must come to 100", id="weights"),
        pytest.param(
            {"starts_on": ["2", "1", "2027"], "ends_on": ["1", "1", "2027"]}, "on or after the first day", id="dates"
        ),
    ],
)
def test_a_lot_with_a_mistake_comes_back_with_advice_and_what_was_typed(
    signed_in_as: Any, make: Any, change: dict[str, Any], advice: str
) -> None:
    buyer = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    answer = buyer.post("/buying/lots/add", {**LOT, **change})
    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert advice in answer.text
    assert "Freshly cooked meals for wards" in answer.text
    assert "No lots yet" in buyer.get("/buying/lots").text


def test_an_nhs_buyer_starts_with_ten_percent_of_social_value(signed_in_as: Any, make: Any) -> None:
    trust = signed_in_as(make(factories.an_anchor), "anchor", "buyer").get("/buying/lots/add").text
    council = signed_in_as(make(factories.an_anchor, sector="council"), "anchor", "buyer").get("/buying/lots/add").text
    assert 'name="social_value_percent" type="text" value="10"' in trust
    assert 'name="social_value_percent" type="text" value="10"' not in council


def test_who_saves_second_sees_both_texts_and_may_save_over_it(signed_in_as: Any, make: Any) -> None:
    anchor = make(factories.an_anchor)
    lot = make(factories.a_lot, anchor, "Old title", state="draft")
    first, second = (signed_in_as(anchor, "anchor", "buyer") for _ in range(2))
    address = f"/buying/lots/{lot}/edit"
    assert first.post(address, {**LOT, "title": "Hers", "version": "1"}).status_code == 302
    clash = second.post(address, {**LOT, "title": "His", "version": "1"})
    assert clash.status_code == 409
    assert "Hers" in clash.text
    assert "His" in clash.text
    assert 'name="version" type="hidden" value="2"' in clash.text
    assert second.post(address, {**LOT, "title": "His", "version": "2"}).status_code == 302
    assert make(look, lambda one: one.title, lot) == "His"


def a_lots_file(*rows: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("Title", "CPV code", "Estimated value", "Needs", "Minimum insurance", "Social value asked"))
    writer.writerows(rows)
    return text.getvalue().encode()


GOOD = (
    "Ward meals",
    "55520000",
    "1000",
    "Meals 100 meals a day; Delivery 40 hours",
    "5000000",
    "2 apprenticeships; 10 local jobs",
)


def upload(buyer: Any, content: bytes, name: str = "lots.csv") -> str:
    sent = buyer.post("/buying/lots/upload", {"file": (BytesIO(content), name)}, content_type="multipart/form-data")
    assert sent.status_code == 302, sent.text
    return str(sent.headers["Location"])


def test_a_lots_file_is_looked_at_before_it_becomes_drafts(signed_in_as: Any, make: Any, run_jobs: Any) -> None:
    buyer = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    page = upload(
        buyer, a_lots_file(GOOD, ("Bad lot", "55520000", "a lot", "", "", ""), ("Kind", "", "5", "", "", "9 hugs"))
    )
    assert "Reading the file" in buyer.get(page).text
    run_jobs()
    shown = buyer.get(page).text
    for words in ("Ward meals", "£1,000", "Keep 1 lot as a draft", "a lot", "hugs: name local jobs"):
        assert words in shown
    refused = buyer.get(f"{page}?download=csv").text
    assert "Bad lot" in refused
    assert "No lots yet" in buyer.get("/buying/lots").text
    assert buyer.post(f"{page}/confirm", page=page).status_code == 302
    assert "Ward meals" in buyer.get("/buying/lots?state=draft").text
    assert buyer.post(f"{page}/confirm", page=page).status_code == 409
    lot = make(look, lambda one: one, 1)
    assert lot.social_value_percent == 10
    assert make(look, lambda one: [need.value_pence for need in one.needs], 1) == [50_000, 50_000]
    assert make(look, lambda one: [(gate.name, gate.amount_pence) for gate in one.gates], 1) == [
        ("Public liability", 500_000_000)
    ]
    assert make(look, lambda one: [(ask.measure, ask.quantity) for ask in one.asks], 1) == [
        ("apprenticeships", 2),
        ("local_jobs", 10),
    ]


def test_a_discarded_file_makes_no_lots_and_another_anchor_never_sees_it(
    signed_in_as: Any, make: Any, run_jobs: Any
) -> None:
    buyer = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    page = upload(buyer, a_lots_file(GOOD))
    run_jobs()
    stranger = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}/confirm", page="/buying/lots/upload").status_code == 404
    assert buyer.post(f"{page}/discard", page=page).status_code == 302
    assert buyer.post(f"{page}/confirm", page="/buying/lots/upload").status_code == 409
    assert "No lots yet" in buyer.get("/buying/lots").text


def test_a_file_that_is_no_list_of_lots_says_what_to_upload_instead(
    signed_in_as: Any, make: Any, run_jobs: Any
) -> None:
    buyer = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    page = upload(buyer, b"Supplier,Amount,Date\nA,1.00,01/04/2025\n")
    run_jobs()
    shown = buyer.get(page).text
    assert "spend ledger" in shown
    assert "Nothing was kept" in shown


def test_the_template_comes_back_as_a_file_that_holds_no_lot_yet(signed_in_as: Any, make: Any, run_jobs: Any) -> None:
    buyer = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    template = buyer.get("/buying/lots/template")
    assert template.status_code == 200
    page = upload(buyer, template.data, "template.xlsx")
    run_jobs()
    assert "Confirm" not in buyer.get(page).text


def test_only_lots_files_of_the_examples_can_be_downloaded(signed_in_as: Any, make: Any, app: Any) -> None:
    from pathlib import Path

    folder = Path(app.config["EXAMPLES_FOLDER"])
    folder.mkdir()
    (folder / "lots.csv").write_text("Title\n")
    (folder / "ledger.csv").write_text("secret\n")
    buyer = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    assert "example lots.csv" in buyer.get("/buying/lots/upload").text
    assert buyer.get("/buying/lots/examples/lots.csv").data == b"Title\n"
    for name in ("ledger.csv", "..%2fprocure.sqlite", "lots"):
        assert buyer.get(f"/buying/lots/examples/{name}").status_code == 404


def test_a_buyer_shortlists_and_invites_with_a_reason_and_the_history_keeps_it(
    signed_in_as: Any, make: Any, run_jobs: Any
) -> None:
    anchor = make(factories.an_anchor)
    cook = make(factories.an_enterprise, "Plate & Ladle CIC", capabilities=(MEALS,), contact_email="cook@example.org")
    lot = make(factories.a_lot, anchor, state="draft")
    buyer = signed_in_as(anchor, "anchor", "buyer")
    page = f"/buying/lots/{lot}"
    buyer.post(f"{page}/open", page=page)
    run_jobs()
    no_reason = buyer.post(f"{page}/decide", {"enterprise": cook, "action": "invite", "seen": "0"}, page=page)
    assert no_reason.status_code == 422
    assert "Say why" in no_reason.text
    sent = {"enterprise": cook, "action": "invite", "reason": "Good <b>menu</b>", "seen": "0"}
    assert buyer.post(f"{page}/decide", sent, page=page).status_code == 302
    again = buyer.post(f"{page}/decide", sent, page=page)
    assert again.status_code == 409
    assert "already" in again.text
    shown = buyer.get(page).text
    assert "Good &lt;b&gt;menu&lt;/b&gt;" in shown
    assert make(look, lambda one: one.state, lot) == "invited"
    everything = buyer.get("/buying/decisions?action=invite&q=menu").text
    assert "Plate &amp; Ladle CIC" in everything
    assert "=cmd" not in buyer.get("/buying/decisions?download=csv").text


def test_a_lot_is_awarded_to_somebody_shortlisted(signed_in_as: Any, make: Any) -> None:
    anchor = make(factories.an_anchor)
    cook = make(factories.an_enterprise, "Plate & Ladle CIC")
    lot = make(factories.a_lot, anchor)
    buyer = signed_in_as(anchor, "anchor", "buyer")
    page = f"/buying/lots/{lot}"
    assert "Nobody to choose from yet" in buyer.get(f"{page}/award").text
    buyer.post(
        f"{page}/decide",
        {"enterprise": cook, "action": "shortlist", "reason": "Menu", "seen": "0"},
        page=f"{page}/edit",
    )
    won = buyer.post(f"{page}/award", {"winner": f"enterprise-{cook}", "reason": "Best menu"})
    assert won.status_code == 302, won.text
    assert make(look, lambda one: one.state, lot) == "awarded"


def test_a_closed_or_withdrawn_lot_can_be_brought_back(signed_in_as: Any, make: Any) -> None:
    anchor = make(factories.an_anchor)
    lot = make(factories.a_lot, anchor)
    buyer = signed_in_as(anchor, "anchor", "buyer")
    page = f"/buying/lots/{lot}"
    for step, state in (("close", "closed"), ("reopen", "open"), ("withdraw", "withdrawn"), ("restore", "draft")):
        assert buyer.post(f"{page}/{step}", page=page).status_code == 302
        assert make(look, lambda one: one.state, lot) == state


def test_a_viewer_reads_everything_and_finds_no_button(signed_in_as: Any, make: Any) -> None:
    anchor = make(factories.an_anchor)
    lot = make(factories.a_lot, anchor)
    viewer = signed_in_as(anchor, "anchor", "viewer")
    shown = viewer.get(f"/buying/lots/{lot}").text
    assert "Ward catering" in shown
    for word in ("Withdraw", "Look for suppliers</button>", "Award"):
        assert word not in shown
    assert viewer.get("/buying/lots/add").status_code == 403


def test_another_anchors_lot_opens_nothing(signed_in_as: Any, make: Any) -> None:
    lot = make(factories.a_lot, make(factories.an_anchor))
    stranger = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    page = f"/buying/lots/{lot}"
    for address in (page, f"{page}/suppliers", f"{page}/edit", f"{page}/award"):
        assert stranger.get(address).status_code == 404
    for step in ("open", "close", "withdraw", "reopen", "restore", "proposals", "decide"):
        assert stranger.post(f"{page}/{step}", page="/buying/lots/upload").status_code == 404


def test_the_directory_finds_by_name_by_work_by_kind_by_area_and_by_certificate(signed_in_as: Any, make: Any) -> None:
    make(
        factories.an_enterprise, "Plate & Ladle CIC", capabilities=(MEALS,), postcode="B19 1AA", outcodes=["B18"],
        holdings=(("certificate", "DBS", None, date(2099, 1, 1)), ("certificate", "SSIP", None, date(2020, 1, 1))),
    )  # fmt: skip
    make(factories.an_enterprise, "Web Works Ltd", legal_form="company", postcode="B1 2AA", outcodes=["B1"])
    buyer = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    for search in ("q=ladle", "q=cooked", "kind=cic", "kind=vcse", "area=B19", "area=B18", "holds=DBS"):
        shown = buyer.get(f"/buying/enterprises?{search}").text
        assert "Plate &amp; Ladle CIC" in shown, search
        assert "Web Works" not in shown, search
    assert "Plate" not in buyer.get("/buying/enterprises?holds=SSIP").text.split("<table")[-1]
    assert "Web Works Ltd" in buyer.get("/buying/enterprises?download=csv&area=B1").text


def test_a_profile_told_by_a_network_hides_what_is_the_enterprises_own_to_tell(signed_in_as: Any, make: Any) -> None:
    network = make(factories.an_organisation, "Soho Network", is_network=True)
    facts = {
        "registered_by_id": network,
        "turnover_pence": 12_345_600,
        "contact_name": "Kim Hidden",
        "contact_email": "kim@example.org",
        "holdings": (("insurance", "Public liability", 765_432_100, None),),
    }
    member = make(factories.an_enterprise, "Plate & Ladle CIC", **facts)
    own = make(factories.an_enterprise, "Fork CIC", **{**facts, "registered_by_id": None})
    buyer = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    hidden = buyer.get(f"/buying/enterprises/{member}").text
    assert "Registered by Soho Network" in hidden
    assert "not shared yet" in hidden
    for secret in ("123,456", "Kim Hidden", "kim@example.org", "7,654,321"):
        assert secret not in hidden
        assert secret in buyer.get(f"/buying/enterprises/{own}").text


def test_the_ranked_suppliers_download_as_a_table(signed_in_as: Any, make: Any, run_jobs: Any) -> None:
    anchor = make(factories.an_anchor)
    make(factories.an_enterprise, "=cmd|' /C calc'!A0", capabilities=(MEALS,))
    lot = make(factories.a_lot, anchor)
    buyer = signed_in_as(anchor, "anchor", "buyer")
    page = f"/buying/lots/{lot}"
    buyer.post(f"{page}/proposals", page=page)
    run_jobs()
    rows = list(csv.reader(io.StringIO(buyer.get(f"{page}/suppliers?download=csv").text.lstrip("\ufeff"))))
    assert rows[0][:4] == ["Enterprise", "Kind", "How we know the kind", "Probability"]
    assert rows[1][0] == "'=cmd|' /C calc'!A0"
    assert buyer.get(f"{page}/suppliers?download=xlsx").data[:2] == b"PK"
