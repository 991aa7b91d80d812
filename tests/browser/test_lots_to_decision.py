"""Three lots from a spreadsheet to the buyer's decision, walked by all: won alone, won by three, won by nobody."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from procure.demo.words import words

pytestmark = pytest.mark.browser

ALONE, TOGETHER, NOBODY = "Interpreting for evening clinics", "Welcome mornings at the ward", "Every meal of the night"
DAYS = {"Start date": "01/09/2028", "End date": "31/08/2029", "Deadline": "31/05/2028", "Place (postcode)": "B18 7QH"}
NEEDS = "Catering 120 meals a day; Bread 90 loaves a day; Interpreting 50 interpreting sessions a month"
ROWS: tuple[dict[str, Any], ...] = (
    {"Title": ALONE, "Estimated value": 60_000, "Needs": "Interpreting 40 interpreting sessions a month"},
    {"Title": TOGETHER, "Estimated value": 180_000, "Needs": NEEDS},
    {
        "Title": NOBODY,
        "Estimated value": 9_000_000,
        "Needs": "Catering 30000 meals a day",
        "Minimum turnover": 50_000_000,
    },
)


def press(who: Any, name: str) -> None:
    who.follow(who.page.get_by_role("button", name=re.compile(name)).first)


def visit(who: Any, path: str) -> Any:
    """Open a page that is checked where somebody else stands on it."""
    assert who.page.goto(who.address + path).status == 200
    return who


def enter(who: Any, key: str) -> Any:
    """Sign in as a person of the demonstration place who need not be listed."""
    person = next(one for one in words("people") if one["key"] == key)
    who.page.goto(who.address + "/sign-in")
    who.page.fill("#email", person["email"])
    who.page.fill("#password", person["password"])
    with who.page.expect_navigation():
        who.page.press("#password", "Enter")
    assert "/sign-in" not in who.page.url
    return who


def filled(template: Path, to: Path) -> Path:
    """The product's own template with the three lots below its example."""
    book = load_workbook(template)
    sheet = book["Lots"]
    headings = [cell.value for cell in sheet[1]]
    for number, row in enumerate(ROWS, start=3):
        for heading, value in {**row, **DAYS}.items():
            sheet.cell(number, headings.index(heading) + 1).value = value
    book.save(to)
    return to


def upload(buyer: Any, folder: Path) -> dict[str, str]:
    """Title > path of the lot, each opened and looked at by the engine."""
    page = buyer.open("/buying/lots/upload").page
    with page.expect_download() as download:
        page.click("a[href*='template']")
    download.value.save_as(folder / "template.xlsx")
    page.set_input_files("input[type=file]", filled(folder / "template.xlsx", folder / "three lots.xlsx"))
    press(buyer, "^Upload")
    page.get_by_role("button", name="Keep 3 lots as drafts").wait_for()
    buyer.check()
    press(buyer, "Keep 3 lots")
    lots = {title: page.get_by_role("link", name=title).get_attribute("href") for title in (ALONE, TOGETHER, NOBODY)}
    for path in lots.values():
        press(visit(buyer, path), "Open this lot")
    for path in lots.values():
        visit(buyer, path).page.locator("#together ~ section, #together ~ ul").first.wait_for()
        buyer.wait_for_jobs()
    buyer.check()
    return lots


def decide(buyer: Any, within: str, action: str, why: str) -> None:
    part = buyer.page.locator(within).first
    part.locator("summary", has_text=re.compile("Decide|Change")).last.click()
    part.locator("details[open] textarea").fill(why)
    buyer.follow(part.locator(f"button[value={action}]"))


def award(buyer: Any, lot: str, winner: str) -> None:
    visit(buyer, f"{lot}/award")
    buyer.page.get_by_label(re.compile(winner)).check()
    buyer.page.fill("#reason", "Best value for the patients")
    press(buyer, "^Award")


def claim(reader: Callable[..., Any], name: str) -> Any:
    """Somebody of an enterprise that the network registered takes its profile over, by the invitation it was sent."""
    adviser = visit(enter(reader(), "network-adviser"), "/supplying/members?q=Trivetspring")
    adviser.follow(adviser.page.get_by_role("link", name=re.compile(name)).first)
    adviser.page.fill("#email", "baker@oven.example.org")
    press(adviser, "Send the invitation")
    keeper = visit(enter(reader(), "installation-admin"), "/administering/mail")
    keeper.follow(keeper.page.get_by_role("link", name=re.compile("^Join")).first)
    link = re.search(r"/invitations/\S+", keeper.page.inner_text("main"))
    assert link
    baker = reader()
    baker.open(link[0])
    baker.page.fill("#name", "A baker")
    baker.page.fill("#password", "warm loaf under nine stars")
    press(baker, "Create account")
    return baker


def test_three_lots_go_from_a_spreadsheet_to_a_decision(reader: Callable[..., Any], tmp_path: Path) -> None:
    buyer = reader().sign_in("anchor:buyer")
    lots = upload(buyer, tmp_path)
    seen = {title: path.replace("/buying/", "/supplying/") for title, path in lots.items()}
    talker, cook = enter(reader(), "enterprise-admin"), enter(reader(), "catering-admin")
    baker = claim(reader, "Trivetspring")

    visit(talker, seen[ALONE])
    press(talker, "We are interested")
    visit(cook, seen[NOBODY]).page.click("summary:has-text('This is not for us')")
    cook.page.fill("#reason", "More meals than we can cook")
    press(cook, "^Not for us")

    room = form_consortium(cook, talker, baker, seen[TOGETHER])
    plan_and_agree(room, cook, talker, baker, tmp_path)
    for one in (cook, talker, baker):
        visit(one, room)
        press(one, "Tell the buyer that we are interested")

    visit(buyer, lots[ALONE])
    decide(buyer, "#alone ~ div tr:has-text('Interested')", "invite", "Told us of interest, and meets every gate")
    award(buyer, lots[ALONE], "Interpreters")
    buyer.open(lots[TOGETHER])
    decide(buyer, "section[aria-labelledby^=formed]", "invite", "They cover every part")
    award(buyer, lots[TOGETHER], "Welcome Table")
    assert "£" not in buyer.page.locator("section[aria-labelledby^=formed]").inner_text()
    visit(buyer, lots[NOBODY])
    assert "No set of registered enterprises can do this lot" in buyer.page.inner_text("main")
    visit(buyer, f"{lots[NOBODY]}/barriers/0").page.check("input[value=change]")
    buyer.page.fill("#amount", "6,000,000")
    buyer.page.fill("#reason", "Less than a year of the value is enough")
    buyer.follow(buyer.page.locator("main form button").last)
    visit(buyer, lots[NOBODY])
    press(buyer, "^Close")

    assert "awarded this lot to you." in visit(talker, seen[ALONE]).page.inner_text("main")
    for one in (cook, talker, baker):
        assert "to you and the other members" in visit(one, seen[TOGETHER]).page.inner_text("main")
    assert "closed this lot" in visit(cook, seen[NOBODY]).page.inner_text("main")
    assert "How lots you answered ended" in talker.open("/supplying/lots").page.inner_text("main")


def form_consortium(cook: Any, talker: Any, baker: Any, lot: str) -> str:
    """The path of the room in which all three are partners."""
    visit(cook, lot).follow(cook.page.get_by_text("Form a consortium for this lot"))
    cook.page.fill("#name", "Welcome Table")
    press(cook, "Form the consortium")
    room = re.sub(r"^https?://[^/]+", "", cook.page.url)
    for name in ("Nail & Interpreters", "Trivetspring Oven"):
        cook.page.goto(f"{cook.address}{room}?q={name.replace(' & ', ' ').replace(' ', '+')}")
        press(cook, f"^Invite.*{name}")
    for one in (talker, baker):
        visit(one, room)
        press(one, "^Accept")
    return room


def plan_and_agree(room: str, cook: Any, talker: Any, baker: Any, folder: Path) -> None:
    """Work, prices, reason, documents and everybody's yes; the pack comes as Word, PDF and Excel."""
    bid = f"{room}/bid"
    visit(cook, f"{bid}/work")
    press(cook, "Fill in a start")
    for one in (cook, talker, baker):
        visit(one, f"{bid}/prices").page.locator("input[name^=price_]").first.fill("59,000")
        press(one, "Save your prices")
        visit(one, f"{bid}/conditions")
        press(one, "Let ours count")
    visit(cook, f"{bid}/reason").page.check("input[name=form_of_bid][value=joint]")
    cook.page.check("input[name=basis][value=none_alone]")
    cook.page.fill("#words", "None of us can cook, bake and interpret")
    cook.follow(cook.page.locator("main form button").last)
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7\nsigned\n")
    for kind in ("agreement", "authority"):
        visit(cook, f"{bid}/documents").page.select_option("#kind", kind)
        cook.page.set_input_files("input[type=file]", folder / "letter.pdf")
        cook.follow(cook.page.locator("main form button").last)
    for one in (cook, talker, baker):
        visit(one, f"{bid}/agreement")
        press(one, "^Agree")
    visit(cook, f"{bid}/packs")
    press(cook, "^Make the pack")
    for kind in ("docx", "pdf", "xlsx"):
        with cook.page.expect_download() as download:
            cook.page.locator(f"a[href*='packs/'][href*='{kind}']").first.click()
        assert download.value.suggested_filename.endswith(kind)
    assert "9 of 9 tasks are done" in baker.open(bid).page.inner_text("main")
