"""A compound file with one stream: the container old Office files live in.

Source: Microsoft [MS-CFB] Compound File Binary File Format, version 3.
"""

from struct import pack

SECTOR = 512
ENTRIES_IN_A_SECTOR = SECTOR // 4
SMALLEST_STREAM = 4096
"""Shorter streams would have to live in a file within the file, so ours is filled up with zeros."""

MOST_TABLE_SECTORS = 109
"""What the header can list by itself: enough for a stream of about seven megabytes."""

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STREAM, ROOT = 2, 5


def compound_file(name: str, stream: bytes) -> bytes:
    """The stream under that name in a file of its own. ValueError above about seven megabytes."""
    stream += bytes(max(0, SMALLEST_STREAM - len(stream)))
    stream += bytes(-len(stream) % SECTOR)
    stream_sectors = len(stream) // SECTOR
    table_sectors = 1
    while table_sectors * ENTRIES_IN_A_SECTOR < table_sectors + 1 + stream_sectors:
        table_sectors += 1
    if table_sectors > MOST_TABLE_SECTORS:
        raise ValueError(f"{len(stream)} bytes do not fit into a compound file without a second table")
    directory_at = table_sectors
    stream_at = directory_at + 1
    chain = [*range(stream_at + 1, stream_at + stream_sectors), END]
    table = [TABLE] * table_sectors + [END, *chain]
    table += [FREE] * (table_sectors * ENTRIES_IN_A_SECTOR - len(table))
    directory = _entry("Root Entry", ROOT, child=1, at=END, size=0)
    directory += _entry(name, STREAM, child=FREE, at=stream_at, size=len(stream)) + _unused() * 2
    return _header(table_sectors, directory_at) + pack(f"<{len(table)}I", *table) + directory + stream


def _header(table_sectors: int, directory_at: int) -> bytes:
    listed = [*range(table_sectors), *[FREE] * (MOST_TABLE_SECTORS - table_sectors)]
    return (
        bytes.fromhex("D0CF11E0A1B11AE1")
        + bytes(16)
        + pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + pack("<9I", 0, table_sectors, directory_at, 0, SMALLEST_STREAM, END, 0, END, 0)
        + pack(f"<{MOST_TABLE_SECTORS}I", *listed)
    )


def _entry(name: str, kind: int, *, child: int, at: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return (
        encoded.ljust(64, b"\0")
        + pack("<HBBIII", len(encoded), kind, 1, FREE, FREE, child)
        + bytes(36)
        + pack("<IQ", at, size)
    )


def _unused() -> bytes:
    return bytes(68) + pack("<III", FREE, FREE, FREE) + bytes(48)
