"""The tables of dated rules: what was in force on a day, with its source."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

TABLES = ("thresholds.json", "advice.json")


@cache
def _table() -> dict[str, Any]:
    sections: dict[str, Any] = {}
    for name in TABLES:
        sections |= json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return sections


def edition() -> date:
    """The day the tables were last put together."""
    return date.fromisoformat(_table()["edition"])


def rows_of(section: str) -> list[Any]:
    """A section that has no dates: what is usual, not what is in force."""
    rows: list[Any] = _table()[section]
    return rows


def in_force(section: str, buyer: str, on: date) -> Iterator[dict[str, Any]]:
    """Rows of a section that bind this kind of buyer on this day."""
    return (row for row in _running(section, on) if buyer in row["buyers"])


def in_force_for_all(section: str, on: date) -> Iterator[dict[str, Any]]:
    """Rows of a section that hold on this day, whoever buys."""
    return _running(section, on)


def _running(section: str, on: date) -> Iterator[dict[str, Any]]:
    for row in _table()[section]:
        until = row["to"]
        if row["from"] <= on.isoformat() and (until is None or on.isoformat() <= until):
            yield row
