# ruff: noqa: S608 - the names in these statements are constants of ours; every value is bound
"""Lay a staged edition over what is in force: change what differs, add what is new, take away or mark what is gone.

A row that an edition leaves as it was is not touched, so that loading the same file twice changes nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from ...extensions import db
from ...models import Record
from .reference_staging import Stage
from .reference_tables import NAME_STAGE, Shelf

WITHOUT_NAMES = frozenset({"charities-ew"})
"""Series whose other names come as a file of their own: the register by itself takes none away."""
MANY_NEW = 4
"""A table that grows by more than a quarter has its indexes made anew."""
FEW_ROWS = 20_000
_IS_ANY = "SELECT COUNT(*) FROM (SELECT 1 FROM {} LIMIT 1) one"
_ONE_AT_A_TIME = 7_263_001
"""The number of PostgreSQL's lock for merging; nothing else in the product uses it."""


def wait_for_turn() -> None:
    """Two merges at once would deadlock; SQLite has one writer anyway."""
    if not _is_sqlite():
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})


def drop_repeats(stage: Stage, shelf: Shelf) -> list[tuple[int, str]]:
    """Leave the first of several rows about one thing; returns (row, key) of the others."""
    same = " AND ".join(f"other.{name} = {shelf.stage}.{name}" for name in shelf.key)
    later = f"EXISTS (SELECT 1 FROM {shelf.stage} other WHERE {same} AND other.row_no < {shelf.stage}.row_no)"
    last = list(shelf.key)[-1]
    found = [
        (int(row), str(key)) for row, key in stage.query(f"SELECT row_no, {last} FROM {shelf.stage} WHERE {later}")
    ]
    if found:
        stage.query(f"DELETE FROM {shelf.stage} WHERE {later}")
    return sorted(found)


def drop_names(stage: Stage, rows: Sequence[int]) -> None:
    """Forget the names that came with rows which are not kept."""
    for start in range(0, len(rows), 500):
        listed = ", ".join(str(row) for row in rows[start : start + 500])
        stage.query(f"DELETE FROM {NAME_STAGE} WHERE row_no IN ({listed})")


def merge(shelf: Shelf, edition_id: int) -> None:
    """Lay one table's staged rows over those in force."""
    _change(shelf, edition_id)
    with _indexes_made_afterwards(shelf):
        _add(shelf, edition_id)
    if shelf.scope:
        _take_away(shelf, edition_id)


def _change(shelf: Shelf, edition_id: int) -> None:
    new = {name: f"COALESCE(s.{name}, t.{name})" if name in shelf.keeps_old else f"s.{name}" for name in shelf.columns}
    old = {name: f"CAST(t.{name} AS TEXT)" if name == "sic" else f"t.{name}" for name in shelf.columns}
    differs = " OR ".join(f"{old[name]} {_differs()} {new[name]}" for name in shelf.columns)
    if shelf.marks_gone:
        differs += " OR NOT t.is_listed"
    if shelf.table == "postcode_place":
        _keep_past_places(shelf, edition_id, differs)
    laid = ", ".join(f"{name} = {_as_json(name, value)}" for name, value in new.items())
    listed = ", is_listed = TRUE" if shelf.marks_gone else ""
    _run(
        f"UPDATE {shelf.table} AS t SET {laid}, edition_id = :edition{listed}"
        f" FROM {shelf.stage} s WHERE {_matching(shelf)} AND ({differs})",
        edition=edition_id,
    )


def _keep_past_places(shelf: Shelf, edition_id: int, differs: str) -> None:
    """Where postcodes lay until this edition puts them elsewhere, so that trends can be told on old boundaries.

    An edition that only tells what was not known before moves nothing.
    """
    names = ", ".join(shelf.all_columns)
    told = ", ".join(f"t.{name}" for name in shelf.all_columns)
    moved = " OR ".join(
        f"(t.{name} IS NOT NULL AND s.{name} IS NOT NULL AND t.{name} <> s.{name})" for name in shelf.columns
    )
    _run(
        f"INSERT INTO past_postcode_place ({names}, edition_id, replaced_by_id) SELECT {told}, t.edition_id, :edition"
        f" FROM {shelf.table} t JOIN {shelf.stage} s ON {_matching(shelf)} WHERE ({differs}) AND ({moved})",
        edition=edition_id,
    )


@contextmanager
def _indexes_made_afterwards(shelf: Shelf) -> Iterator[None]:
    """Where most rows are new, making the indexes at the end is many times faster than keeping them up.

    On PostgreSQL that shuts readers out, so it is done for an empty table only; SQLite's readers see what was before.
    """
    held = (
        _number(f"SELECT COUNT(*) FROM {shelf.table}") if _is_sqlite() else _number(_IS_ANY.format(shelf.table)) * 10**9
    )
    grows = _number(f"SELECT COUNT(*) FROM {shelf.stage}") - held
    indexes = sorted(Record.metadata.tables[shelf.table].indexes, key=lambda index: str(index.name))
    if grows * MANY_NEW <= held or grows < FEW_ROWS:
        indexes = []
    connection = db.session.connection()
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _number(sql: str) -> int:
    return int(db.session.scalar(text(sql)) or 0)


def _add(shelf: Shelf, edition_id: int) -> None:
    names = list(shelf.all_columns)
    values = ", ".join(
        "COALESCE(s.name, '')" if name == "name" and name in shelf.keeps_old else _as_json(name, f"s.{name}")
        for name in names
    )
    also, listed = (", is_listed", ", TRUE") if shelf.marks_gone else ("", "")
    _run(
        f"INSERT INTO {shelf.table} ({', '.join(names)}, edition_id{also}) SELECT {values}, :edition{listed}"
        f" FROM {shelf.stage} s WHERE NOT EXISTS (SELECT 1 FROM {shelf.table} t WHERE {_matching(shelf)})"
        f" ORDER BY {', '.join(f's.{name}' for name in shelf.key)}",
        edition=edition_id,
    )


def _take_away(shelf: Shelf, edition_id: int) -> None:
    """What the edition's registers, years or schemes have no longer."""
    gone = (
        f"t.{shelf.scope} IN (SELECT DISTINCT {shelf.scope} FROM {shelf.stage})"
        f" AND NOT EXISTS (SELECT 1 FROM {shelf.stage} s WHERE {_matching(shelf)})"
    )
    if shelf.marks_gone:
        _run(
            f"UPDATE {shelf.table} AS t SET is_listed = FALSE, edition_id = :edition WHERE t.is_listed AND {gone}",
            edition=edition_id,
        )
    else:
        _run(f"DELETE FROM {shelf.table} AS t WHERE {gone}")


def unknown_owners() -> list[tuple[int, str]]:
    """(row, number) of staged names whose body no register has."""
    found = db.session.execute(
        text(
            f"SELECT DISTINCT s.row_no, s.number FROM {NAME_STAGE} s WHERE NOT EXISTS"
            " (SELECT 1 FROM registered_body t WHERE t.register = s.register AND t.number = s.number) ORDER BY s.row_no"
        )
    )
    return [(int(row), str(number)) for row, number in found]


def merge_names(series: str, has_names: bool, registers: list[str]) -> None:
    """Other names follow their edition: those it has no longer go, new ones come, the rest keep their ids."""
    if series not in WITHOUT_NAMES:
        missing = (
            f" AND NOT EXISTS (SELECT 1 FROM {NAME_STAGE} s WHERE s.register = b.register AND s.number = b.number"
            " AND s.name = n.name AND s.kind = n.kind)"
        )
        for register in registers:
            _run(
                "DELETE FROM registered_name WHERE id IN (SELECT n.id FROM registered_name n"
                " JOIN registered_body b ON b.id = n.body_id WHERE b.register = :register"
                f" AND b.is_listed{missing if has_names else ''})",
                register=register,
            )
    if has_names:
        _run(
            "INSERT INTO registered_name (body_id, name, name_key, kind)"
            f" SELECT DISTINCT b.id, s.name, s.name_key, s.kind FROM {NAME_STAGE} s"
            " JOIN registered_body b ON b.register = s.register AND b.number = s.number"
            " WHERE NOT EXISTS (SELECT 1 FROM registered_name n"
            " WHERE n.body_id = b.id AND n.name = s.name AND n.kind = s.kind) ORDER BY b.id, s.name"
        )


def staged_registers(stage_table: str) -> list[str]:
    return [str(row[0]) for row in db.session.execute(text(f"SELECT DISTINCT register FROM {stage_table}"))]


def recount_shared_offices(threshold: int) -> None:
    """Addresses where at least so many bodies are registered. A charity that is also a company counts once."""
    _run("DELETE FROM shared_office")
    _run(
        "INSERT INTO shared_office (address_key, bodies) SELECT address_key, COUNT(*) FROM registered_body"
        " WHERE address_key IS NOT NULL AND company_number IS NULL AND is_listed"
        " GROUP BY address_key HAVING COUNT(*) >= :threshold",
        threshold=threshold,
    )


def _matching(shelf: Shelf) -> str:
    return " AND ".join(f"t.{name} = s.{name}" for name in shelf.key)


def _as_json(name: str, value: str) -> str:
    return f"CAST({value} AS JSON)" if name == "sic" and not _is_sqlite() else value


def _differs() -> str:
    return "IS NOT" if _is_sqlite() else "IS DISTINCT FROM"


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _run(sql: str, **values: Any) -> None:
    db.session.execute(text(sql), values)
