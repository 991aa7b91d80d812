"""The five journeys, driven in a real browser on the demonstration place; every page on the way is checked."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

POLLS = 240


@pytest.fixture
def examples(site: tuple[str, dict[str, Any], Path]) -> Path:
    return site[2] / "examples"


def test_a_finance_officer_uploads_a_ledger_confirms_it_and_sees_the_local_share(
    reader: Callable[..., Any], examples: Path
) -> None:
    officer = reader().sign_in("anchor:finance")
    officer.open("/spending/ledgers/new")
    page = officer.page
    page.set_input_files("input[type=file]", examples / "hospital-2026-10.xlsx")
    officer.press("Upload")
    confirm = page.get_by_role("button", name=re.compile("^Confirm £"))
    confirm.wait_for()
    officer.check()
    money, payments = re.search(r"(£[\d,.]+) in ([\d,]+) payments", confirm.inner_text()).groups()  # type: ignore[union-attr]
    officer.follow(confirm).check()
    assert money in page.inner_text("main")
    assert payments in page.inner_text("main")
    officer.open("/spending/local-share")
    assert re.search(r"\d+\.\d% to \d+\.\d%", page.inner_text("h1"))
    assert "October 2026" in page.inner_text("main")


def test_a_buyer_adds_a_lot_opens_it_and_decides_about_a_supplier(reader: Callable[..., Any]) -> None:
    buyer = reader().sign_in("anchor:buyer")
    buyer.open("/buying/lots/add")
    page = buyer.page
    page.fill("#title", "Interpreting for evening clinics")
    page.fill("#description", "Face-to-face interpreting in Urdu, Punjabi and Polish for evening clinics")
    page.fill("#value", "90,000")
    page.fill("#postcode", "B18 5AA")
    page.fill("#needs-0-name", "Interpreting")
    page.fill("#needs-0-units", "40")
    page.fill("#needs-0-unit", "interpreting sessions a month")
    buyer.press("Save as a draft")
    buyer.check().press("Open this lot")
    decide = page.locator("summary:has-text('Decide')").first
    decide.wait_for()
    buyer.wait_for_jobs().check()
    decide.click()
    box = page.locator("details[open]").first
    box.locator("textarea").fill("They know our clinics")
    buyer.follow(box.locator("button[value=shortlist]")).check()
    assert "They know our clinics" in page.inner_text("main")


def test_a_buyer_uploads_many_lots(reader: Callable[..., Any], examples: Path) -> None:
    buyer = reader().sign_in("anchor:buyer")
    buyer.open("/buying/lots/upload")
    page = buyer.page
    page.set_input_files("input[type=file]", examples / "lots.xlsx")
    buyer.press("Upload")
    keep = page.get_by_role("button", name=re.compile("as drafts$"))
    keep.wait_for()
    buyer.check()
    buyer.follow(keep).check()


def test_an_enterprise_registers_in_six_questions_and_answers_a_lot(reader: Callable[..., Any]) -> None:
    founder = reader()
    founder.open("/supplying/register")
    page = founder.page
    page.fill("#enterprise", "Lantern Street Kitchen CIC")
    page.fill("#name", "A founder")
    page.fill("#email", "founder@kitchen.example.org")
    page.fill("#password", "plum tractor window nine")
    founder.press("Register")
    answers: list[Callable[[], None]] = [
        lambda: (page.check("input[name=legal_form][value=cic]"), page.fill("#postcode", "B18 5AB"))[0],
        lambda: (
            page.fill("#summary", "We cook fresh halal and vegetarian meals for wards and day centres"),
            page.fill("#capabilities-0-statement", "Hot meals delivered to wards every day"),
            page.fill("#capabilities-0-units", "300"),
            page.fill("#capabilities-0-unit", "meals a day"),
        )[0],
        lambda: page.fill("#districts", "B18, B19, B68"),
        lambda: (page.fill("#capacity_pence", "900,000"), page.fill("#turnover_pence", "700,000"))[0],
        lambda: hold_a_certificate(page),
        lambda: (page.fill("#contact_name", "Kitchen team"), page.fill("#contact_email", "kitchen@example.org"))[0],
    ]
    for number, answer in enumerate(answers, start=1):
        page.wait_for_url(f"**/supplying/question/{number}")
        founder.check()
        answer()
        founder.press("Save and continue")
    page.wait_for_url("**/supplying/lots")
    founder.check()
    first = page.locator(".card a, main h2 a").first
    founder.follow(first)
    founder.press("We are interested").check()
    assert "You told the buyer that you are interested" in page.inner_text("main")


def hold_a_certificate(page: Any) -> None:
    """How long it is held is asked only of what is held."""
    held = page.get_by_role("group", name="ISO 9001").first
    assert not held.get_by_label("Year").is_visible()
    held.get_by_label("We hold it").check()
    held.get_by_label("Year").fill("2031")
    held.get_by_label("Month").fill("3")
    held.get_by_label("Day").fill("31")
    page.fill("#local_jobs", "4")


def test_a_support_network_registers_many_enterprises_at_once(reader: Callable[..., Any], examples: Path) -> None:
    adviser = reader().sign_in("network:adviser")
    adviser.open("/supplying/members/upload")
    page = adviser.page
    page.set_input_files("input[type=file]", examples / "capabilities.xlsx")
    adviser.press("Upload")
    register = page.get_by_role("button", name=re.compile("^Register \\d+ enterprises"))
    register.wait_for()
    adviser.check()
    adviser.follow(register).check()


def test_a_council_officer_sees_the_place_and_each_anchor(reader: Callable[..., Any]) -> None:
    officer = reader().sign_in("place:viewer")
    officer.open("/monitoring")
    page = officer.page
    assert len(re.findall(r"\d+\.\d% to \d+\.\d%", page.inner_text("main"))) >= 9
    officer.follow(page.locator("main table a").first).check()


def test_a_ledger_goes_through_without_any_script(reader: Callable[..., Any], tmp_path: Path) -> None:
    """Axe needs scripts, so here only the way itself is walked."""
    ledger = tmp_path / "november.csv"
    ledger.write_text("Supplier,Amount,Date\nA Baker,120.50,02/11/2026\nA Printer,80.00,03/11/2026\n", encoding="utf-8")
    officer = reader(script=False)
    page = officer.page
    person = officer.person("anchor:finance")
    page.goto(officer.address + "/sign-in")
    page.fill("#email", person["email"])
    page.fill("#password", person["password"])
    officer.press("Sign in")
    page.goto(officer.address + "/spending/ledgers/new")
    page.set_input_files("input[type=file]", ledger)
    officer.press("Upload")
    confirm, look_again = (
        page.get_by_role("button", name=re.compile("^Confirm £")),
        page.get_by_role("link", name="Look again"),
    )
    for _ in range(POLLS):
        confirm.or_(look_again).first.wait_for()
        if confirm.count():
            break
        page.wait_for_timeout(500)
        officer.follow(look_again)
    officer.follow(confirm)
    page.get_by_text("Confirmed").first.wait_for()
