"""The messages a reading process sends to the one that started it: a kind, a length and plain bytes."""

import json
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

_HEADER = struct.Struct("<cI")
MOST_BYTES = 256 * 1024 * 1024

SHEET = b"S"  # a sheet that is a ledger begins; JSON
BATCH = b"B"  # payments of that sheet, packed, after a four-byte count
ROWS = b"R"  # rows of cells as JSON, from which lots and capabilities are read
SHEET_END = b"E"  # what the sheet came to; JSON
FILE_END = b"F"  # what is to be said of the whole file; JSON
REFUSED = b"X"  # why the file was refused; JSON
FAULT = b"!"  # a mistake of ours; JSON


def write_frame(stream: BinaryIO, kind: bytes, body: bytes) -> None:
    stream.write(_HEADER.pack(kind, len(body)))
    stream.write(body)


def write_json(stream: BinaryIO, kind: bytes, told: Any) -> None:
    write_frame(stream, kind, json.dumps(told).encode())


def read_frames(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Frames until the stream ends. raises ValueError where it ends inside one, as it does when its writer is killed"""
    while header := stream.read(_HEADER.size):
        if len(header) < _HEADER.size:
            raise ValueError("the last frame is cut short")
        kind, length = _HEADER.unpack(header)
        if length > MOST_BYTES:
            raise ValueError(f"a frame of {length} bytes")
        body = stream.read(length)
        if len(body) < length:
            raise ValueError("the last frame is cut short")
        yield kind, body
