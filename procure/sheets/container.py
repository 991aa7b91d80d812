"""What a file really is, told from its bytes and never from its name."""

from enum import Enum

from procure.sheets.reading import UnreadableSheetError

SAVE_AS = "Open it in your spreadsheet program, save it as .xlsx or .csv and upload that"
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_HEAD_BYTES = 65_536


class Kind(Enum):
    """How the bytes of a readable file are packed."""

    TEXT = "csv"
    ARCHIVE = "zip"
    COMPOUND = "xls"


_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "This is a PDF. Ask for the spreadsheet it was made from, and upload that"),
    (b"\x89PNG", "This is a picture, not a spreadsheet. Upload the spreadsheet itself"),
    (b"\xff\xd8\xff", "This is a picture, not a spreadsheet. Upload the spreadsheet itself"),
    (b"GIF8", "This is a picture, not a spreadsheet. Upload the spreadsheet itself"),
    (b"BM6", "This is a picture, not a spreadsheet. Upload the spreadsheet itself"),
    (b"RIFF", "This is a picture or a sound, not a spreadsheet. Upload the spreadsheet itself"),
    (b"\x1f\x8b", "This is a compressed file. Unpack it and upload the spreadsheet inside"),
    (b"7z\xbc\xaf", "This is a compressed file. Unpack it and upload the spreadsheet inside"),
    (b"Rar!", "This is a compressed file. Unpack it and upload the spreadsheet inside"),
    (b"BZh", "This is a compressed file. Unpack it and upload the spreadsheet inside"),
    (b"\xfd7zXZ", "This is a compressed file. Unpack it and upload the spreadsheet inside"),
    (b"{\\rtf", "This is a text document. " + SAVE_AS),
    (b"MZ", "This is a program, not a spreadsheet"),
    (b"\x7fELF", "This is a program, not a spreadsheet"),
    (b"SQLite format 3", "This is a database, not a spreadsheet. Export the payments as .csv and upload that"),
    (b"PAR1", "This is a data file that we do not read. " + SAVE_AS),
    (b"PK\x05\x06", "This archive is empty. Upload the spreadsheet itself"),
    (b"PK\x07\x08", "This archive is split into parts. Upload the spreadsheet itself"),
)


def recognise(head: bytes) -> Kind:
    """The kind of a file from its first bytes (64 kB are enough).

    raises  UnreadableSheetError naming what the file is, where it is no spreadsheet
    """
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableSheetError("The file is empty. Upload a spreadsheet with a heading row and payments")
    if head.startswith(b"PK\x03\x04"):
        return Kind.ARCHIVE
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Kind.COMPOUND
    for signature, reason in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableSheetError(reason)
    _refuse_markup(head)
    _refuse_binary(head)
    return Kind.TEXT


def refuse_test_virus(chunk: bytes) -> None:
    if TEST_VIRUS in chunk:
        raise UnreadableSheetError("A virus scanner would stop this file: it holds the EICAR test signature")


def _refuse_markup(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:4096].replace(b"\x00", b"").lower()
    if not start.startswith((b"<", b"{", b"[", b"%!ps")):
        return
    if start.startswith((b"{", b"[{", b"[\n", b"[[")):
        raise UnreadableSheetError("This is JSON, not a spreadsheet. Export the payments as .csv and upload that")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise UnreadableSheetError("This is an XML spreadsheet of 2003. " + SAVE_AS)
    if b"<html" in start or b"<!doctype html" in start or b"<table" in start or b"<head" in start or b"<body" in start:
        raise UnreadableSheetError(
            "This is a web page, not a spreadsheet. If it came from a link, download the file again; "
            "if it is a table saved as a page, open it in your spreadsheet program and save it as .xlsx"
        )
    if start.startswith((b"<?xml", b"<!doctype", b"<svg")):
        raise UnreadableSheetError("This is XML, not a spreadsheet. " + SAVE_AS)


def _refuse_binary(head: bytes) -> None:
    sample = head[:_HEAD_BYTES]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_like_wide_text(sample):
        return
    odd = sum(sample.count(bytes([byte])) for byte in (*range(1, 9), *range(14, 32), 127))
    if odd > len(sample) * 0.02 or sample.count(b"\x00") > len(sample) * 0.2:
        raise UnreadableSheetError("This is not a spreadsheet that we can read. " + SAVE_AS)


def looks_like_wide_text(sample: bytes) -> bool:
    """Whether bytes without a mark at the front are UTF-16 all the same: every other byte of plain text is nought."""
    half = len(sample) // 2
    return half > 8 and max(sample[0::2].count(0), sample[1::2].count(0)) > half * 0.6 > min(
        sample[0::2].count(0), sample[1::2].count(0)
    )
