# ruff: noqa: S608 - the names in these statements are constants of ours; every value is bound
"""Rows of an edition on their way: kept apart until the whole file was read, then laid down in one transaction.

On PostgreSQL they wait in temporary tables that end with the transaction. On SQLite they wait in a file of their own,
because a writer there keeps all others out: the minutes of reading hold nobody up, only the merging does.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from flask import current_app
from sqlalchemy import event, text
from sqlalchemy.pool import Pool

from ...extensions import db
from .reference_tables import NAME_COLUMNS, NAME_STAGE, Row, Shelf

BATCH = 20_000
MERGING_KILOBYTES = 128 * 1024
"""What SQLite may hold in memory of each file while it merges; with less it reads its indexes again and again."""
USUAL_KILOBYTES = 2_000
_ATTACHED = "reference_stage"


class Stage(Protocol):
    """Where rows wait. Each table's first column is the row of the file."""

    def create(self, table: str, columns: Mapping[str, str]) -> None: ...

    def fill(self, table: str, rows: list[Row]) -> None: ...

    def query(self, sql: str) -> Iterable[Any]: ...


class _PostgresStage:
    """Temporary tables of the session's own transaction."""

    def create(self, table: str, columns: Mapping[str, str]) -> None:
        laid = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        db.session.execute(text(f"CREATE TEMPORARY TABLE {table} (row_no INTEGER, {laid}) ON COMMIT DROP"))

    def fill(self, table: str, rows: list[Row]) -> None:
        driver: Any = db.session.connection().connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def query(self, sql: str) -> Iterable[Any]:
        return db.session.execute(text(sql))


class _SqliteStage:
    """A file beside the database; the session's connection can see its tables once it is attached."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-64000", "temp_store=FILE"):
            self.connection.execute(f"PRAGMA {pragma}")

    def create(self, table: str, columns: Mapping[str, str]) -> None:
        laid = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        self.connection.execute(f"CREATE TABLE {table} (row_no INTEGER, {laid})")

    def fill(self, table: str, rows: list[Row]) -> None:
        marks = ", ".join("?" * len(rows[0]))
        self.connection.execute("BEGIN")
        self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        self.connection.execute("COMMIT")

    def query(self, sql: str) -> Iterable[Any]:
        return self.connection.execute(sql)

    def attach(self) -> None:
        self.connection.close()
        connection = db.session.connection()
        connection.info[_ATTACHED] = str(self.path)
        connection.execute(text("ATTACH DATABASE :path AS stage"), {"path": str(self.path)})
        for schema in ("main", "stage"):
            connection.execute(text(f"PRAGMA {schema}.cache_size = -{MERGING_KILOBYTES}"))


@event.listens_for(Pool, "checkin")
def _let_go(connection: Any, record: Any) -> None:
    """The stage is let go when its transaction has ended, whichever way: no database can be detached within one."""
    path = record.info.pop(_ATTACHED, None)
    if path is not None and connection is not None:
        connection.execute("DETACH DATABASE stage")
        connection.execute(f"PRAGMA main.cache_size = -{USUAL_KILOBYTES}")
        Path(path).unlink(missing_ok=True)


@contextlib.contextmanager
def open_stage(edition_id: int) -> Iterator[Stage]:
    """A place for an edition's rows; the session has no transaction open on SQLite until `make_visible`."""
    if db.engine.dialect.name != "sqlite":
        yield _PostgresStage()
        return
    path = _stage_file(edition_id)
    path.unlink(missing_ok=True)
    stage = _SqliteStage(path)
    try:
        yield stage
    except BaseException:
        stage.connection.close()
        path.unlink(missing_ok=True)
        raise


def make_visible(stage: Stage) -> None:
    """Let the session's own transaction see the staged rows."""
    if isinstance(stage, _SqliteStage):
        stage.attach()


def clear_leftovers(loading: set[int]) -> None:
    """Remove the stages of loads that died; the numbers are those of editions that may still be loading."""
    for path in Path(current_app.instance_path).glob("staging-*.sqlite"):
        number = path.stem.removeprefix("staging-")
        if number.isdigit() and int(number) not in loading:
            path.unlink(missing_ok=True)


def _stage_file(edition_id: int) -> Path:
    return Path(current_app.instance_path) / f"staging-{edition_id}.sqlite"


class Batches:
    """Rows gathered and sent to a stage a batch at a time; a table is made when its first row comes."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.shelves: dict[str, Shelf] = {}
        self.has_names = False
        self._waiting: dict[str, list[Row]] = {}

    def add(self, shelf: Shelf, row_no: int, values: Row) -> None:
        if shelf.stage not in self._waiting:
            self.stage.create(shelf.stage, shelf.all_columns)
            self.shelves[shelf.stage] = shelf
        self._gather(shelf.stage, (row_no, *values))

    def add_name(self, row_no: int, values: Row) -> None:
        if not self.has_names:
            self.stage.create(NAME_STAGE, NAME_COLUMNS)
            self.has_names = True
        self._gather(NAME_STAGE, (row_no, *values))

    def _gather(self, table: str, row: Row) -> None:
        waiting = self._waiting.setdefault(table, [])
        waiting.append(row)
        if len(waiting) >= BATCH:
            self.stage.fill(table, waiting)
            self._waiting[table] = []

    def finish(self) -> None:
        """Send what is left, and index what will be looked up."""
        for table, rows in self._waiting.items():
            if rows:
                self.stage.fill(table, rows)
        self._waiting.clear()
        for table, shelf in self.shelves.items():
            self._index(table, (*shelf.key, "row_no"))
        if self.has_names:
            self._index(NAME_STAGE, ("register", "number", "name", "kind"))

    def _index(self, table: str, columns: tuple[str, ...]) -> None:
        self.stage.query(f"CREATE INDEX ix_{table} ON {table} ({', '.join(columns)})")
        self.stage.query(f"ANALYZE {table}")


Progress = Callable[[int, int], None]
