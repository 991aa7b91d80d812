"""The bid pack: the same words in every kind of file, as all agreed to them, and for members only."""

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from procure.extensions import db
from procure.models import BidPack

from .. import factories
from .bidders import Bidders, docx_words


@pytest.fixture
def three(make: Any, signed_in_as: Any) -> Bidders:
    bidders = Bidders(make, signed_in_as)
    bidders.join("baker", "driver")
    return bidders


def the_pack(three: Bidders) -> str:
    """The address of the pack of what all three agreed to."""
    three.plan()
    three.agree("cook", "baker", "driver")
    assert three.send("cook", "packs").status_code == 302
    found = re.search(rf"{three.bid}/packs/\d+", three.cook.get(f"{three.bid}/packs").text)
    assert found
    return found[0]


def test_the_printed_pack_says_what_the_word_document_says_and_is_tagged(three: Bidders, tmp_path: Path) -> None:
    address = the_pack(three)
    assert f"{address}?kind=pdf" in three.cook.get(f"{three.bid}/packs").text
    words = pdf_words(three.people["baker"].get(f"{address}?kind=pdf"), tmp_path)
    for said in docx_words(three.cook.get(f"{address}?kind=docx").data).splitlines():
        assert bare(said) in words, said
    assert bare("£27,000.50") in words
    told = subprocess.run(["pdfinfo", str(tmp_path / "pack.pdf")], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged:\s+yes", told)
    assert re.search(r"Title:\s+Ward Food Together", told)


def test_the_printed_pack_without_prices_names_no_price(three: Bidders, tmp_path: Path) -> None:
    words = pdf_words(three.cook.get(f"{the_pack(three)}?kind=pdf&prices=no"), tmp_path)
    assert bare("56.25%") in words
    for price in ("27,000.50", "81,000.00", "144,000.00"):
        assert price not in words


def test_a_pack_comes_in_no_other_kind(three: Bidders) -> None:
    assert three.cook.get(f"{the_pack(three)}?kind=exe").status_code == 404


def test_where_no_pdf_can_be_made_the_members_are_told_and_led_back(
    three: Bidders, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = the_pack(three)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    answer = three.cook.get(f"{address}?kind=pdf")
    assert answer.status_code == 302
    assert "cannot make PDF files" in three.cook.get(answer.headers["Location"]).text


def test_a_pack_made_before_tables_had_captions_is_still_printed(three: Bidders, make: Any, tmp_path: Path) -> None:
    address = the_pack(three)

    def age() -> None:
        pack = db.session.query(BidPack).one()
        old = [{key: one[key] for key in one if key not in ("caption", "ends_in_total")} for one in sections_of(pack)]
        pack.content = {**pack.content, "sections": old}
        db.session.commit()

    make(age)
    assert bare("£27,000.50") in pdf_words(three.cook.get(f"{address}?kind=pdf"), tmp_path)


def sections_of(pack: BidPack) -> list[dict[str, Any]]:
    return list(pack.content["sections"])


def pdf_words(answer: Any, folder: Path) -> str:
    """All that a PDF says, without its spaces: lines break where a column ends."""
    if answer.status_code == 302 or shutil.which("pdftotext") is None:
        pytest.skip("needs WeasyPrint with its system libraries, and poppler-utils")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    (folder / "pack.pdf").write_bytes(answer.data)
    done = subprocess.run(["pdftotext", "-raw", str(folder / "pack.pdf"), "-"], capture_output=True, check=True)
    return bare(done.stdout.decode())


def bare(words: str) -> str:
    return re.sub(r"\s", "", words)


def test_the_workbook_says_the_same_and_holds_no_formula(three: Bidders) -> None:
    from openpyxl import load_workbook

    three.plan()
    said = {"form_of_bid": "joint", "basis": "none_alone", "words": '=HYPERLINK("http://evil.example","x")'}
    three.send("cook", "reason", said)
    three.agree("cook", "baker", "driver")
    three.send("cook", "packs")
    pack = re.search(rf"{three.bid}/packs/\d+", three.cook.get(f"{three.bid}/packs").text)
    assert pack
    book = load_workbook(io.BytesIO(three.cook.get(f"{pack[0]}?kind=xlsx").data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert 27000.5 in [cell.value for cell in cells]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert "Prices" not in load_workbook(io.BytesIO(three.cook.get(f"{pack[0]}?kind=xlsx&prices=no").data)).sheetnames


def test_a_change_after_agreement_asks_everybody_again_and_the_pack_made_before_stays_as_it_was(
    three: Bidders,
) -> None:
    pack = the_pack(three)
    (field,) = re.findall(r'name="(price_\d+)"', three.people["baker"].get(f"{three.bid}/prices").text)
    three.send("baker", "prices", {field: "26,000"})
    page = three.cook.get(f"{three.bid}/packs").text
    assert "0 of 3 have agreed" in page
    assert three.send("cook", "packs").status_code == 409
    assert "£27,000.50" in docx_words(three.cook.get(pack).data)


def test_no_kind_of_a_pack_is_found_by_another_bid_or_by_one_who_is_only_invited(
    three: Bidders, make: Any, signed_in_as: Any
) -> None:
    address = the_pack(three)
    rivals = Bidders(make, signed_in_as, "Rivals")
    invited = make(factories.an_enterprise, "Only invited")
    guest = signed_in_as(invited, "enterprise", "admin")
    three.cook.post(f"{three.room}/invite", {"enterprise": invited}, page=three.room)
    for kind in ("docx", "pdf", "xlsx"):
        for prices in ("", "&prices=no"):
            for visitor in (rivals.cook, guest):
                assert visitor.get(f"{address}?kind={kind}{prices}").status_code == 404, kind
    own = address.replace(three.bid, rivals.bid)
    assert rivals.cook.get(f"{own}?kind=pdf").status_code == 404
