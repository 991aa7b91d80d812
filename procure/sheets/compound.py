"""The older Office container: enough of its directory to refuse macros, passwords and other documents."""

from collections.abc import Iterator

from procure.sheets.container import SAVE_AS
from procure.sheets.reading import UnreadableSheetError

LOCKED = "The file is protected by a password. Remove the password in your spreadsheet program and upload it again"
MACROS = "The file holds macros. Save it as .xlsx without macros and upload that"

_ENTRY_BYTES = 128
_MOST_ENTRIES = 4_096
_SMALLEST_STREAM = 4_096  # shorter ones are kept in another way, and no workbook with styles is
_FREE = 0xFFFFFFFA  # sector numbers from here on are marks, not places


def inspect(content: bytes) -> None:
    """Refuse what an .xls may carry besides cells. raises UnreadableSheetError"""
    names = {name.casefold() for name in _entry_names(content)}
    if names & {"encryptedpackage", "encryptioninfo"}:
        raise UnreadableSheetError(LOCKED)
    if any(name.startswith("_vba_project") for name in names) or "vba" in names or "macros" in names:
        raise UnreadableSheetError(MACROS)
    if not names & {"workbook", "book"}:
        told = "a text document" if "worddocument" in names else "no workbook"
        raise UnreadableSheetError(f"The file holds {told}, so there are no rows to read. {SAVE_AS}")


def open_stream(content: bytes, names: tuple[str, ...]) -> bytes:
    """The bytes of the first stream called one of these; none where it is short enough to be kept among others."""
    for name, entry in _entries(content):
        length = int.from_bytes(entry[120:124], "little")
        if name.casefold() in names and length >= _SMALLEST_STREAM:
            size = 1 << int.from_bytes(content[30:32], "little")
            sectors = _chain(content, int.from_bytes(entry[116:120], "little"), size)
            return b"".join(content[(at + 1) * size : (at + 2) * size] for at in sectors)[:length]
    return b""


def _entry_names(content: bytes) -> list[str]:
    return [name for name, _ in _entries(content)]


def _entries(content: bytes) -> list[tuple[str, bytes]]:
    """Name and bytes of each entry of the directory."""
    shift = int.from_bytes(content[30:32], "little")
    if shift not in (9, 12):
        raise UnreadableSheetError("The file is damaged. " + SAVE_AS)
    size = 1 << shift
    entries: list[tuple[str, bytes]] = []
    for sector in _chain(content, int.from_bytes(content[48:52], "little"), size):
        if len(entries) >= _MOST_ENTRIES:
            break
        at = (sector + 1) * size
        for start in range(at, min(at + size, len(content)), _ENTRY_BYTES):
            entry = content[start : start + _ENTRY_BYTES]
            length = int.from_bytes(entry[64:66], "little")
            if 2 <= length <= 64 and len(entry) == _ENTRY_BYTES:
                entries.append((entry[: length - 2].decode("utf-16-le", "replace"), entry))
    return entries


def _chain(content: bytes, sector: int, size: int) -> Iterator[int]:
    """Sectors one after the other; a chain that loops or leaves the file is cut short."""
    seen: set[int] = set()
    while sector < _FREE and sector not in seen and (sector + 1) * size < len(content):
        seen.add(sector)
        yield sector
        sector = _next_sector(content, sector, size)


def _next_sector(content: bytes, sector: int, size: int) -> int:
    """The sector after this one in its chain, from the allocation table that the header's first 109 entries list."""
    per_table = size // 4
    table, place = divmod(sector, per_table)
    if table >= 109:
        return _FREE
    table_sector = int.from_bytes(content[76 + 4 * table : 80 + 4 * table], "little")
    at = (table_sector + 1) * size + 4 * place
    if table_sector >= _FREE or at + 4 > len(content):
        return _FREE
    return int.from_bytes(content[at : at + 4], "little")
