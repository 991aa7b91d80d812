"""The top of each sheet as it is shown, for a person to point at the heading row that we missed."""

import json
from dataclasses import dataclass
from pathlib import Path

from procure.sheets import frames
from procure.sheets.child import listen
from procure.sheets.limits import PERSON, Limits


@dataclass(frozen=True)
class FirstRows:
    """The first rows of one sheet, blank ones included, so that the n-th is row n. `sheet` is None for a csv."""

    sheet: str | None
    is_hidden: bool
    rows: tuple[tuple[str, ...], ...]


def read_first_rows(path: str | Path, most: int = 25, *, limits: Limits = PERSON) -> tuple[FirstRows, ...]:
    """The first rows of every sheet that holds any, at most 200 of them and 200 columns; long cells are cut.

    The file is opened in a process of its own that is thrown away afterwards.

    raises  UnreadableSheetError where the file may not be opened
    """
    told = [json.loads(body) for kind, body in listen(path, "first rows", limits) if kind == frames.ROWS]
    found = (FirstRows(name, hidden, tuple(map(tuple, rows[:most]))) for name, hidden, rows in told)
    return tuple(each for each in found if any(map(any, each.rows)))
