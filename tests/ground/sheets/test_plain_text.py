"""Text without quotation marks, taken in blocks, is what `csv` makes of it."""

import csv
import io
import random
from collections.abc import Callable
from itertools import chain

import pytest

from procure.sheets import LedgerReading
from procure.sheets.plain import read_chunks, read_plain
from procure.sheets.table import mark_cells

from .files import HEADINGS, as_csv

Read = Callable[..., LedgerReading]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "any"])
@pytest.mark.parametrize("is_even", [True, False])
def test_blocks_hold_the_rows_that_csv_reads(end: str, is_even: bool) -> None:
    random_ = random.Random(f"{end} {is_even}")
    widths = [4] if is_even else [0, 1, 3, 4, 4, 4, 5]
    ends = ["\n", "\r\n", "\r"] if end == "any" else [end]
    lines = [
        ",".join("".join(random_.choices("aé £'\t\x0b\x0c\x1c\u2028", k=random_.randrange(9))) for _ in range(width))
        + random_.choice(ends)
        for width in random_.choices(widths, k=9_000)
    ]
    text = "".join(lines) + "a,b,c,d"

    def stream() -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", newline="")

    expected = list(csv.reader(stream()))
    assert list(read_plain(stream(), ",")) == expected
    chunks = list(read_chunks(stream(), ",", 1, 2))
    assert len(chunks) > 2
    rows = list(chain.from_iterable(chunk.rows() for chunk in chunks))
    assert rows == expected[3:]
    assert [chunk.count for chunk in chunks] == [len(chunk.rows()) for chunk in chunks]
    turned = [chunk for chunk in chunks if chunk.columns is not None]
    assert len(turned) == (len(chunks) if is_even else 0)
    for chunk in turned:
        assert chunk.columns is not None
        assert list(map(list, zip(*chunk.columns, strict=True))) == chunk.rows()
    marks = list(chain.from_iterable(chunk.marks() for chunk in chunks))
    assert [sorted_places(marks), len(marks)] == [sorted_places(list(map(mark_cells, rows))), len(rows)]


def sorted_places(marks: list[int]) -> list[list[int]]:
    """The places of each mark: two ways of marking agree where these are the same."""
    places: dict[int, list[int]] = {}
    for at, mark in enumerate(marks):
        places.setdefault(mark, []).append(at)
    return sorted(places.values())


def test_a_repeat_is_known_across_blocks_and_beside_lines_that_need_care(read: Read) -> None:
    rows = [[f"Firm {n} Ltd", "01/04/2025", f"{n}.00", "What it was for"] for n in range(6_000)]
    rows[3_000:3_000] = [
        ["Refused Ltd", "31/04/2025", "5.00", ""],
        ["Firm 17 Ltd", "01/04/2025", "17.00", "What it was for"],
    ]
    rows += [["Firm 5999 Ltd", "01/04/2025", "5999.00", "What it was for"], ["Firm 1 Ltd", "01/04/2025", "1.00", ""]]
    (sheet,) = read(as_csv([HEADINGS, *rows])).sheets
    repeats = [payment.row for payment in sheet.payments if payment.is_repeat]
    assert repeats == [3_003, 6_004]
    assert (len(sheet.payments), sheet.refused, sheet.repeats_pence) == (6_003, 1, 1700 + 599900)
    assert [payment.row for payment in sheet.payments] == [n for n in range(2, 6_006) if n != 3_002]
