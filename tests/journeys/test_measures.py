"""How figures are worked out: every document is a page, has all its parts, and is linked where the figure stands."""

import re
from pathlib import Path
from typing import Any

import pytest

from procure.pages import measures
from procure.pages.measures import Measure, as_html

ROOT = Path(__file__).resolve().parents[2]
NAMES = [measure.name for measure in measures.list_measures()]
PARTS = {
    "what it says": ("What it says",),
    "method": ("Method",),
    "why": ("Why",),
    "source": ("Source",),
    "exclusions": ("Left out", "What is left out", "What it leaves out", "Exclusions"),
    "worked example": ("Worked example",),
}
TEMPLATES = sorted((ROOT / "procure" / "templates").rglob("*.html"))


def test_the_list_names_every_document_with_one_line(client: Any) -> None:
    page = client.get("/measures").text
    assert len(NAMES) >= 16
    for measure in measures.list_measures():
        assert f'href="/measures/{measure.name}"' in page
        assert measure.summary, measure.name
        assert measure.title in page.replace("&#39;", "'")


@pytest.mark.parametrize("name", NAMES)
def test_every_document_has_its_parts(name: str) -> None:
    measure = measures.find_measure(name)
    assert measure
    begun = "|".join(words for ways in PARTS.values() for words in ways)
    found = set(re.findall(rf"^(?:#+ |\*\*)({begun})", measure.text, re.MULTILINE))
    missing = [part for part, ways in PARTS.items() if not found.intersection(ways)]
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_every_document_is_a_page_whose_links_lead_somewhere(name: str, client: Any) -> None:
    page = client.get(f"/measures/{name}")
    assert page.status_code == 200
    main = page.text.split("<main", 1)[1].split("</main>", 1)[0]
    assert main.count("<h1") == 1
    assert "style=" not in main
    for address in re.findall(r'href="(/[^"#]*)', main):
        assert client.get(address).status_code == 200, address


def test_html_in_a_document_is_shown_and_not_run(app: Any) -> None:
    text = "# Title\n\n<script>alert(1)</script> <b id=x>bold</b>\n\n[run](javascript:alert(1)) ![](javascript:1)\n"
    with app.test_request_context():
        html = as_html(Measure("x", "Title", "", text))
    assert "<script" not in html
    assert "<b " not in html
    assert 'href="javascript' not in html
    assert 'src="javascript' not in html


@pytest.mark.parametrize("name", ["nothing", "..%2fdecisions", "LM3", "lm3.md", "%00", "a" * 500])
def test_there_is_no_page_for_any_other_name(name: str, client: Any) -> None:
    assert client.get(f"/measures/{name}").status_code == 404


def test_every_figure_that_says_how_it_is_worked_out_leads_to_a_document() -> None:
    asked = [
        (path.name, name)
        for path in TEMPLATES
        for name in re.findall(r"""worked_out\(["']([^"']+)["']""", path.read_text(encoding="utf-8"))
    ]
    assert [pair for pair in asked if pair[1] not in NAMES] == []


@pytest.mark.parametrize("name", ["local-share", "payees-settled", "barriers", "consortium", "matching-accuracy"])
def test_a_figure_that_has_a_page_is_linked_to_it_from_the_product(name: str) -> None:
    assert any(f'worked_out("{name}"' in path.read_text(encoding="utf-8") for path in TEMPLATES)
