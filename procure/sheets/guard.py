"""An archive made safe: every member inflated by us, counted, checked and inspected before any parser sees the file."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator

from procure.sheets.compound import LOCKED, MACROS
from procure.sheets.container import SAVE_AS, TEST_VIRUS, refuse_test_virus
from procure.sheets.limits import Limits
from procure.sheets.markup import Findings, Inspect, inspector
from procure.sheets.reading import UnreadableSheetError

DAMAGED = "The file is damaged or was not downloaded completely. Download or save it again and upload that"
TAMPERED = "The file is not packed as a spreadsheet program packs it, so we did not open it. " + SAVE_AS
TOO_BIG_INSIDE = "The file is too large once unpacked. Split it by month and upload the parts"

_CHUNK = 1 << 18
_PIECE = 1 << 15
_LOCKED, _LOCKED_STRONGLY = 0x1, 0x40
_LOCAL_HEADER = 30
_DESCRIPTOR_BYTES = 24  # a streaming writer may leave up to this between two members
_MACRO_PARTS = re.compile(r"vbaproject|/macrosheets/|/activex/|^basic/|^scripts/|\.bas$", re.IGNORECASE)


def inspect(content: bytes, limits: Limits) -> Findings:
    """Inflate and check every member of a workbook's archive.

    returns  what was seen on the way and a person should know: hidden rows, links to other workbooks, the date system
    raises   UnreadableSheetError; nothing is ever written to disk
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_odd_packing(content, archive, members)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, UnicodeDecodeError):
        raise UnreadableSheetError(DAMAGED) from None
    names = _checked_names(members, limits)
    findings = Findings(kind=_workbook_kind(names))
    budget = limits.inflated_bytes
    for member, name in sorted(zip(members, names, strict=True), key=lambda each: not each[1].startswith("META-INF")):
        budget = _inspect_member(content, member, inspector(name, member.file_size, findings, limits), budget)
    findings.refuse_what_no_ledger_needs()
    return findings


def _refuse_odd_packing(content: bytes, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Members must tile the file from its first byte to the directory: nothing in front, behind, between or shared."""
    end = content.rfind(b"PK\x05\x06")
    tail = content[end + 22 + len(archive.comment) :]
    if tail.strip(b"\x00\r\n") or b"<" in archive.comment or b"PK" in archive.comment:
        raise UnreadableSheetError(TAMPERED)
    at = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if not at <= member.header_offset <= at + (_DESCRIPTOR_BYTES if at else 0):
            raise UnreadableSheetError(TAMPERED)
        at = _body_start(content, member) + member.compress_size
    if at > archive.start_dir or archive.start_dir - at > _DESCRIPTOR_BYTES:
        raise UnreadableSheetError(TAMPERED)


def _body_start(content: bytes, member: zipfile.ZipInfo) -> int:
    header = content[member.header_offset : member.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise UnreadableSheetError(DAMAGED)
    name_bytes = int.from_bytes(header[26:28], "little")
    extra_bytes = int.from_bytes(header[28:30], "little")
    at = member.header_offset + _LOCAL_HEADER
    encoding = "utf-8" if member.flag_bits & 0x800 else "cp437"
    name = content[at : at + name_bytes].decode(encoding, "replace").split("\x00")[0]
    if name != member.orig_filename.split("\x00")[0] or int.from_bytes(header[8:10], "little") != member.compress_type:
        raise UnreadableSheetError(TAMPERED)
    return at + name_bytes + extra_bytes


def _checked_names(members: list[zipfile.ZipInfo], limits: Limits) -> list[str]:
    if len(members) > limits.members:
        raise UnreadableSheetError(f"The file is an archive of {len(members):,} files, not a spreadsheet. {SAVE_AS}")
    names = [member.orig_filename.replace("\\", "/") for member in members]
    for member, name in zip(members, names, strict=True):
        if member.flag_bits & (_LOCKED | _LOCKED_STRONGLY):
            raise UnreadableSheetError(LOCKED)
        is_link = stat.S_ISLNK(member.external_attr >> 16)
        if is_link or "\x00" in name or name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise UnreadableSheetError(TAMPERED)
        if _MACRO_PARTS.search(name):
            raise UnreadableSheetError(MACROS)
    if len({name.casefold() for name in names}) < len(names):
        raise UnreadableSheetError(TAMPERED)
    return names


def _workbook_kind(names: list[str]) -> str:
    lowered = [name.casefold() for name in names]
    if "content.xml" in lowered:
        return "ods"
    if any(name.endswith("workbook.bin") for name in lowered):
        raise UnreadableSheetError("This is a binary workbook (.xlsb). " + SAVE_AS)
    if any(name.startswith(("word/", "ppt/", "visio/")) for name in lowered):
        raise UnreadableSheetError("This is a document or a presentation, not a spreadsheet. " + SAVE_AS)
    if "[content_types].xml" in lowered:
        return "xlsx"
    raise UnreadableSheetError("This is an archive of files. Unpack it and upload the spreadsheet inside")


def _inspect_member(content: bytes, member: zipfile.ZipInfo, inspect_chunk: Inspect, budget: int) -> int:
    """What is left of the budget after inflating one member. A size or checksum that lies is damage."""
    size = checksum = 0
    carry = b""
    for chunk in _inflate(content, member, budget):
        size += len(chunk)
        if size > budget:
            raise UnreadableSheetError(TOO_BIG_INSIDE)
        checksum = zlib.crc32(chunk, checksum)
        refuse_test_virus(carry + chunk)
        carry = chunk[-len(TEST_VIRUS) :]
        inspect_chunk(chunk, False)
    if size != member.file_size or checksum != member.CRC:
        raise UnreadableSheetError(DAMAGED)
    inspect_chunk(b"", True)
    return budget - size


def _inflate(content: bytes, member: zipfile.ZipInfo, budget: int) -> Iterator[bytes]:
    start = _body_start(content, member)
    body = memoryview(content)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(body), _CHUNK):
            yield bytes(body[at : at + _CHUNK])
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableSheetError(TAMPERED)
    inflater = zlib.decompressobj(-15)
    try:
        # Fed in pieces: what is not yet inflated is copied at every step, and must be short.
        for at in range(0, len(body), _PIECE):
            waiting: bytes | memoryview = body[at : at + _PIECE]
            while chunk := inflater.decompress(waiting, _CHUNK):
                yield chunk
                waiting = inflater.unconsumed_tail
    except zlib.error:
        raise UnreadableSheetError(DAMAGED) from None
    if not inflater.eof or inflater.unused_data:
        raise UnreadableSheetError(DAMAGED)
