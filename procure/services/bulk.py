"""Many rows at once, inside the caller's own transaction, by the quickest way each database has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from ..extensions import db
from ..models import Record

_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
CHUNK = 500


def insert_rows(record: type[Record], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Add rows in the session's transaction; how many.

    columns  every column but the id: defaults of the models do not apply here
    rows     values in the order of the columns, each as the column holds it
    """
    connection = db.session.connection()
    table = _table(record)
    if connection.dialect.name == "postgresql":
        return _copy(connection.connection.driver_connection, table, columns, rows)
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    days = [place for place, name in enumerate(columns) if table.c[name].type.python_type is date]
    cursor: Any = connection.connection.cursor()
    # Only names of our own tables and columns stand in the statement.
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608
    cursor.executemany(statement, _with_written_days(rows, days))
    added = int(cursor.rowcount)
    cursor.close()
    return max(added, 0)


def insert_missing(record: type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows, leaving out those that some unique constraint already knows; sort them, so that two who add the same
    rows at once wait for each other in turn."""
    insert = _INSERTS[db.session.get_bind().dialect.name]
    for start in range(0, len(rows), CHUNK):
        statement = insert(_table(record)).on_conflict_do_nothing()
        db.session.execute(statement, rows[start : start + CHUNK])


def _table(record: type[Record]) -> Table:
    table = record.__table__
    assert isinstance(table, Table)
    return table


def _copy(connection: Any, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    from psycopg import sql

    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    added = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            added += 1
    return added


def _with_written_days(rows: Iterable[Sequence[Any]], days: Sequence[int]) -> Iterator[Sequence[Any]]:
    """SQLite keeps a day as text, written as SQLAlchemy reads it. Days recur, so each is written once."""
    if not days:
        yield from rows
        return
    written, waiting = _WrittenDays({None: None}), iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        columns: list[Any] = list(zip(*chunk, strict=True))
        for place in days:
            columns[place] = map(written.__getitem__, columns[place])
        yield from zip(*columns, strict=True)


class _WrittenDays(dict[date | None, str | None]):
    def __missing__(self, day: date) -> str:
        return self.setdefault(day, day.isoformat()) or ""
