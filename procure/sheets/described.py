"""A table as JSON with its definition, so that a program that reads it knows what the figures are."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO


@dataclass(frozen=True)
class Field:
    """A column: its heading, and the unit of its cells where they have one."""

    name: str
    unit: str | None = None


@dataclass(frozen=True)
class Table:
    """What a table is. method: the address of the page that says how it is worked out."""

    name: str
    definition: str
    method: str | None
    made_on: date
    fields: tuple[Field, ...]


def write_json(stream: BinaryIO, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Write the definition, then rows as objects by heading, one a line. The stream stays open.

    Two columns of one heading are told apart by a number: "Share" and "Share (2)".
    """
    names = list(_apart(field.name for field in table.fields))
    head = {
        "table": table.name,
        "definition": table.definition,
        "method": table.method,
        "made_on": table.made_on.isoformat(),
        "columns": [
            {"name": name, **({"unit": field.unit} if field.unit else {})}
            for name, field in zip(names, table.fields, strict=True)
        ],
    }
    stream.write(_json(head)[:-1].encode() + b', "rows": [')
    between = b"\n"
    for row in rows:
        stream.write(between + _json(dict(zip(names, map(_plain, row), strict=True))).encode())
        between = b",\n"
    stream.write(b"\n]}\n")


def _apart(names: Iterable[str]) -> Iterator[str]:
    met: dict[str, int] = {}
    for name in names:
        met[name] = met.get(name, 0) + 1
        yield f"{name} ({met[name]})" if met[name] > 1 else name


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
