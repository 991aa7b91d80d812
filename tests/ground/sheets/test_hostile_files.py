# ruff: noqa: E501 - one case or rule a line
"""No file can harm us, stop us or change a pound: it is read right or refused with what was seen."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from procure.sheets import Limits, UnreadableSheetError, read_payments

from .files import (
    PENCE,
    TABLE,
    as_csv,
    as_ods,
    as_sheets,
    as_xls,
    as_xlsx,
    as_zip,
    far_corner,
    member,
    raw_rows,
    raw_sheet,
    repacked,
    with_lying_size,
    with_sheet,
)

BOOK = as_xlsx(TABLE)
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
SHEET = "xl/worksheets/sheet1.xml"
RELS = "xl/_rels/workbook.xml.rels"


def test_limit_of_memory_is_kept_by_the_kernel_and_not_by_the_parser(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    path.write_bytes(far_corner())
    with pytest.raises(UnreadableSheetError, match="could not read"):
        read_payments(path)


def symlink() -> bytes:
    info = zipfile.ZipInfo("xl/media/link")
    info.external_attr = 0o120777 << 16
    return repacked(BOOK, extra=[(info, b"/etc/passwd")])


def overlapping() -> bytes:
    """Two entries of the directory that share one body."""
    end = BOOK.rfind(b"PK\x05\x06")
    count, size, offset = struct.unpack("<HII", BOOK[end + 10 : end + 20])
    directory = BOOK[offset : offset + size]
    first = directory[: 46 + sum(struct.unpack("<HHH", directory[28:34]))]
    twin = bytearray(first)
    twin[46:47] = b"Z"
    tail = bytearray(BOOK[end:])
    tail[8:12] = struct.pack("<HH", count + 1, count + 1)
    tail[12:16] = struct.pack("<I", size + len(twin))
    return BOOK[:end] + bytes(twin) + bytes(tail)


def retarget(target: str, mode: str = "") -> bytes:
    rels = member(BOOK, RELS).replace(b'Target="worksheets/sheet1.xml"', f'Target="{target}" {mode}'.encode())
    return repacked(BOOK, {RELS: rels})


def bomb(kind: str) -> bytes:
    if kind == "spaces":
        return repacked(BOOK, {SHEET: raw_sheet(raw_rows(TABLE) + " " * 120_000_000)})
    return repacked(BOOK, extra=[(f"xl/media/{n}.bin", b"\0" * 30_000_000) for n in range(4)])


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty", lambda: b"", "empty"),
    ("only blanks", lambda: b" \n\n  \n", "empty"),
    ("a web page", lambda: b"\n<!DOCTYPE html><html><body>404</body></html>", "web page"),
    ("a table saved as xls", lambda: b"<html><table><tr><td>Supplier</td></tr></table></html>", "web page"),
    ("a pdf", lambda: b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    ("a picture", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
    ("json", lambda: b'[{"supplier": "x"}]', "JSON"),
    ("a 2003 xml spreadsheet", lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "2003"),
    ("random bytes", lambda: bytes(range(256)) * 20, "not a spreadsheet"),
    ("compressed", lambda: b"\x1f\x8b\x08" + b"\0" * 20, "compressed"),
    ("test virus in a csv", lambda: as_csv([*TABLE, ["X5O!P%@AP[4\\PZX54(P^)7CC)7$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"]]), "EICAR"),
    ("test virus in a workbook", lambda: repacked(BOOK, extra=[("xl/media/a.bin", b"X5O!P%@AP[4\\PZX54(P^)7CC)7$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")]), "EICAR"),
    ("stray cell in the last corner", far_corner, "could not read"),
    ("lying count of strings", lambda: repacked(BOOK, {"xl/sharedStrings.xml": member(BOOK, "xl/sharedStrings.xml").replace(b'uniqueCount="', b'uniqueCount="42949672')}), ""),
    ("spaces that unpack to 120 MB", lambda: bomb("spaces"), "too large once unpacked"),
    ("members that unpack to 120 MB", lambda: bomb("members"), "too large once unpacked"),
    ("row repeated a million times", lambda: as_ods(TABLE, row_attributes={2: 'table:number-rows-repeated="1048570"'}), "more than 250,000 rows"),
    ("20,000 members", lambda: repacked(BOOK, extra=[(f"xl/media/{n}.png", b"") for n in range(20_000)]), "archive of"),
    ("directory lies about a size", lambda: with_lying_size(BOOK, SHEET, 4096), "damaged"),
    ("overlapping members", overlapping, "not packed"),
    ("duplicate members", lambda: repacked(BOOK, extra=[("XL/worksheets/SHEET1.xml", raw_sheet(raw_rows(TABLE)))]), "not packed"),
    ("traversing member", lambda: repacked(BOOK, extra=[("../../evil.xml", b"<a/>")]), "not packed"),
    ("absolute member", lambda: repacked(BOOK, extra=[("/etc/evil.xml", b"<a/>")]), "not packed"),
    ("symlink member", symlink, "not packed"),
    ("page in front of the archive", lambda: b"<html><body>hi</body></html>" + BOOK, "web page"),
    ("pdf in front of the archive", lambda: b"%PDF-1.4\n" + BOOK, "PDF"),
    ("csv in front of the archive", lambda: as_csv(TABLE) + BOOK, "not a spreadsheet"),
    ("page behind the archive", lambda: BOOK + b"<html></html>", "not packed"),
    ("archive with a comment that is a page", lambda: as_zip([("a.csv", b"x")], comment=b"<html>"), "not packed"),
    ("macro project", lambda: repacked(BOOK, extra=[("xl/vbaProject.bin", b"\xd0\xcf")]), "macros"),
    ("macro content type", lambda: repacked(BOOK, {"[Content_Types].xml": member(BOOK, "[Content_Types].xml").replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")}), "macros"),
    ("ods macro", lambda: as_zip([("content.xml", b"<a/>"), ("Basic/Standard/Module1.xml", b"<a/>")]), "macros"),
    ("doctype in a sheet", lambda: with_sheet(raw_sheet(raw_rows(TABLE), prolog=DOCTYPE)), "document type"),
    ("doctype in UTF-16", lambda: with_sheet(raw_sheet(raw_rows(TABLE), prolog=DOCTYPE.replace("?>", ' encoding="UTF-16"?>', 1)).decode().encode("utf-16")), "document type"),
    ("doctype in a part no one reads", lambda: repacked(BOOK, extra=[("docProps/custom.xml", b'<!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><x/>')]), "document type"),
    ("sheet outside the package", lambda: retarget("../../../../etc/passwd"), "outside itself"),
    ("sheet on another machine", lambda: retarget("http://evil.example/sheet.xml", 'TargetMode="External"'), "outside itself"),
    ("password on a zip member", lambda: BOOK.replace(b"PK\x01\x02\x2d\x00\x14\x00\x00\x00", b"PK\x01\x02\x2d\x00\x14\x00\x01\x00").replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"), "password"),
    ("encrypted ods", lambda: as_zip([("META-INF/manifest.xml", b'<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'), ("content.xml", b"\x8f\x00garbage")]), "password"),
    ("cut short", lambda: BOOK[: len(BOOK) // 2], "damaged"),
    ("one byte flipped", lambda: BOOK[:200] + bytes([BOOK[200] ^ 255]) + BOOK[201:], ""),
    ("broken xml", lambda: with_sheet(raw_sheet(raw_rows(TABLE))[:-30]), "damaged"),
    ("a document", lambda: as_zip([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")]), "document"),
    ("an archive of files", lambda: as_zip([("a.csv", as_csv(TABLE))]), "archive"),
    ("a binary workbook", lambda: as_zip([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"x")]), "xlsb"),
    ("20,000 columns", lambda: as_csv([[*TABLE[0], *["Spare"] * 20_000], *TABLE[1:]]), "columns"),
    ("no headings", lambda: as_csv(TABLE[1:]), "No heading row"),
    ("an xls that is cut short", lambda: as_xls(TABLE)[:3000], ""),
]  # fmt: skip


@pytest.mark.parametrize(("make", "told"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_no_safe_spreadsheet_is_refused_with_what_was_seen(
    make: Callable[[], bytes], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "upload.xlsx"
    path.write_bytes(make())
    with pytest.raises(UnreadableSheetError) as refusal:
        read_payments(path)
    assert told in refusal.value.reason


def linked() -> bytes:
    link = b'<Relationships xmlns="x"><Relationship Id="r" Type="http://x/externalLinkPath" Target="file:///c:/a.xlsx" TargetMode="External"/></Relationships>'
    return repacked(BOOK, extra=[("xl/externalLinks/_rels/externalLink1.xml.rels", link)])


def prefixed() -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = raw_rows(TABLE)
    for tag in ("row", "c", "is", "t", "v"):
        rows = (
            rows.replace(f"<{tag}>", f"<x:{tag}>").replace(f"<{tag} ", f"<x:{tag} ").replace(f"</{tag}>", f"</x:{tag}>")
        )
    return with_sheet(f'<x:worksheet xmlns:x="{space}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'.encode())


READ: list[tuple[str, Callable[[], bytes]]] = [
    ("csv", lambda: as_csv(TABLE)),
    ("xlsx", lambda: BOOK),
    ("xls", lambda: as_xls(TABLE)),
    ("ods", lambda: as_ods(TABLE)),
    ("no references on cells", lambda: with_sheet(raw_sheet(raw_rows(TABLE, references=False)))),
    ("prefixed names", prefixed),
    ("dimension that lies", lambda: with_sheet(raw_sheet(raw_rows(TABLE)).replace(b"<sheetData>", b'<dimension ref="A1:B2"/><sheetData>'))),
    ("a million blank rows repeated at the foot", lambda: as_ods([*TABLE, []], row_attributes={4: 'table:number-rows-repeated="1048571"'})),
    ("links to other workbooks", linked),
    ("a lone note far below", lambda: as_csv([*TABLE, *[[]] * 5_000, ["Prepared by Finance"]])),
    ("nulls in the text", lambda: as_csv(TABLE).replace(b"Lunches", b"Lun\0ches")),
    ("formula in a name", lambda: as_csv(TABLE).replace(b"Lunches", b"=cmd|' /C calc'!A0")),
    ("script in a name", lambda: as_csv(TABLE).replace(b"Lunches", b"<script>alert(1)</script>'; DROP TABLE payment;--")),
    ("old line ends", lambda: as_csv(TABLE, lineterminator="\r")),
    ("a second empty sheet", lambda: as_sheets({"April": TABLE, "Sheet2": []})),
]  # fmt: skip


@pytest.mark.parametrize("make", [case[1] for case in READ], ids=[case[0] for case in READ])
def test_what_is_odd_but_honest_is_read_to_the_penny(make: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "upload.dat"
    path.write_bytes(make())
    reading = read_payments(path)
    assert (reading.payments_count, reading.total_pence, reading.problems) == (3, PENCE, ())


def test_a_file_over_the_limit_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_bytes(as_csv(TABLE) * 40)
    with pytest.raises(UnreadableSheetError, match="larger than"):
        read_payments(path, limits=Limits(upload_bytes=1024))


def test_a_file_of_too_many_rows_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(as_csv([TABLE[0], *TABLE[1:] * 40]))
    with pytest.raises(UnreadableSheetError, match="more than 100 rows"):
        read_payments(path, limits=Limits(rows=100))


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "slow.csv"
    path.write_bytes(as_csv([TABLE[0], *TABLE[1:] * 30_000]))
    with pytest.raises(UnreadableSheetError, match="takes too long"):
        read_payments(path, limits=Limits(wall_seconds=0))
