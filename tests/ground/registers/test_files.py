"""Any file of a publisher, and files of the wrong kind."""

import random
from pathlib import Path

import pytest

from procure.registers import LAYOUTS, Kept, UnreadableFileError, layout_of, read_file, recognise
from procure.registers.addresses import address_key, company_number, postcode_within, text_key, tidy_postcode

from . import published


def test_a_zip_of_parts_is_one_register_whose_rows_count_on(tmp_path: Path) -> None:
    first = published.companies(tmp_path / "a.csv", {"name": "A", "number": "1"})
    second = published.companies(tmp_path / "b.csv", {"name": "B", "number": "2"}, {"name": "C", "number": "3"})
    path = published.zipped(tmp_path / "all.zip", {"1.csv": first, "2.csv": second})
    assert [outcome.row for outcome in read_file(path, "companies")] == [2, 4, 5]


def test_an_archive_that_holds_the_whole_and_its_parts_is_read_once(tmp_path: Path) -> None:
    row = {"pcds": "B18 5AA", "lat": "52.49", "long": "-1.92"}
    whole = published.table(tmp_path / "a.csv", published.ONSPD, row)
    path = published.zipped(tmp_path / "d.zip", {"Data/multi_csv/B.csv": whole, "Data/ONSPD.csv": whole})
    assert len(list(read_file(path, "postcodes"))) == 1


def test_a_file_of_the_wrong_kind_is_refused_with_what_it_seems_to_be(tmp_path: Path) -> None:
    path = published.table(tmp_path / "a.csv", published.ONSPD)
    with pytest.raises(UnreadableFileError, match="seems to be ONS Postcode Directory, not companies"):
        layout_of(path, "companies")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"Supplier,Amount\nA,1\n", "none of the files we know for companies.*begins: Supplier, Amount"),
        (b"PK\x00\x00\x00\x01\x02", "not a text file"),
        (b'[{"registered_charity_number": 1', "cut short"),
        (b"[1, 2]", "cut short or is not a list"),
    ],
)
def test_a_file_nobody_can_read_says_what_to_do(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "odd"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=reason):
        list(read_file(path, "companies"))


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_archive_is_refused_whole(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    rows = [{"name": f"{draw.random()}", "number": str(number)} for number in range(1, 500)]
    path = published.zipped(tmp_path / "z.zip", {"a.csv": published.companies(tmp_path / "a.csv", *rows)})
    content = bytearray(path.read_bytes())
    content[draw.randrange(200, len(content) // 2)] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="damaged"):
        list(read_file(path, "companies"))


def test_old_letters_among_new_ones_are_read(tmp_path: Path) -> None:
    path = published.companies(tmp_path / "a.csv", {"name": "CAF\u00c9 NORTH", "number": "1"})
    content = path.read_bytes().replace("\u00c9".encode(), b"\xc9")
    path.write_bytes(content)
    (outcome,) = read_file(path, "companies")
    assert isinstance(outcome, Kept)
    assert outcome.records[0].name == "CAF\u00c9 NORTH"  # type: ignore[union-attr]


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    path = published.companies(tmp_path / "a.csv", {"name": "A", "number": "1"})
    told: list[tuple[int, int]] = []
    list(read_file(path, "companies", lambda done, total: told.append((done, total))))
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


def test_every_layout_is_recognised_by_its_own_headings_first() -> None:
    assert recognise(published.ONSPD).name == "onspd"  # type: ignore[union-attr]
    assert recognise(published.NSPL).name == "nspl"  # type: ignore[union-attr]
    assert recognise(published.CHARITY).name == "charity-commission"  # type: ignore[union-attr]
    assert recognise(published.OTHER_NAMES).name == "charity-commission-names"  # type: ignore[union-attr]
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)


@pytest.mark.parametrize(
    ("lines", "postcode", "key"),
    [
        (("71-75 SHELTON STREET",), "WC2H 9JQ", "71 75 shelton street|WC2H 9JQ"),
        (("Suite 12", "71-75 Shelton Street"), "WC2H 9JQ", "71 75 shelton street|WC2H 9JQ"),
        (("3RD FLOOR, 86-90 PAUL STREET",), "EC2A 4NE", "86 90 paul street|EC2A 4NE"),
        (("Office 5A 20-22 Wenlock Road",), "N1 7GU", "20 22 wenlock road|N1 7GU"),
        (("PO BOX 12", "1 High St"), "B18 5AA", "1 high st|B18 5AA"),
        (("UNIT 4 MEADOW PARK",), "B18 5AA", "unit 4 meadow park|B18 5AA"),
        (("FLAT 2, 9 OAK ROAD",), "B18 5AA", "flat 2 9 oak road|B18 5AA"),
        (("", ""), "B18 5AA", None),
        (("1 High Street",), None, None),
    ],
)
def test_everybody_at_one_office_has_one_address(lines: tuple[str, ...], postcode: str | None, key: str | None) -> None:
    assert address_key(lines, postcode) == key


def test_numbers_names_and_postcodes_have_one_written_form() -> None:
    assert [company_number(text) for text in ("1234567", "sc 12345", "OC300001", "0", "", "n/a", "123456789")] == [
        "01234567", "SC012345", "OC300001", None, None, None, None,
    ]  # fmt: skip
    assert text_key("  Tom's  Café & Co. (UK) ") == "toms café and co uk"
    assert [tidy_postcode(text) for text in ("B18 5AA", "b185aa", "EC1A 1BB", "B18", "11 1AA")] == [
        "B18 5AA", "B18 5AA", "EC1A 1BB", None, None,
    ]  # fmt: skip
    assert postcode_within("1 High Street, Leeds LS1 1AA, England") == "LS1 1AA"
    assert postcode_within("no postcode here") is None
