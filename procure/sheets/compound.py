"""The older Office container: enough of its directory to refuse macros, passwords and other documents."""

from procure.sheets.container import SAVE_AS
from procure.sheets.reading import UnreadableSheetError

LOCKED = "The file is protected by a password. Remove the password in your spreadsheet program and upload it again"
MACROS = "The file holds macros. Save it as .xlsx without macros and upload that"

_ENTRY_BYTES = 128
_MOST_ENTRIES = 4_096
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


def _entry_names(content: bytes) -> list[str]:
    """Names in the directory, which is a chain of sectors; a chain that loops or leaves the file is cut short."""
    shift = int.from_bytes(content[30:32], "little")
    if shift not in (9, 12):
        raise UnreadableSheetError("The file is damaged. " + SAVE_AS)
    size = 1 << shift
    sector = int.from_bytes(content[48:52], "little")
    names: list[str] = []
    seen: set[int] = set()
    while sector < _FREE and sector not in seen and len(names) < _MOST_ENTRIES:
        seen.add(sector)
        at = (sector + 1) * size
        for start in range(at, min(at + size, len(content)), _ENTRY_BYTES):
            entry = content[start : start + _ENTRY_BYTES]
            length = int.from_bytes(entry[64:66], "little")
            if 2 <= length <= 64 and len(entry) == _ENTRY_BYTES:
                names.append(entry[: length - 2].decode("utf-16-le", "replace"))
        sector = _next_sector(content, sector, size)
    return names


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
