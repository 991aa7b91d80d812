"""What the disposable process does: bound itself, make the file safe, read it, tell what it found, and die.

It is started by `child` with the file as its standard input, no secrets in its environment and no name of any path.
"""

import contextlib
import gc
import json
import resource
import struct
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, BinaryIO

from procure.sheets import compound, container, frames, guard, lines, records
from procure.sheets.cells import show
from procure.sheets.columns import Choice, Layout
from procure.sheets.days import Order, infer_order, leaves_order_open
from procure.sheets.delimited import read_table, refuse_endless_cells
from procure.sheets.encodings import recode
from procure.sheets.joined import LOOKED_AHEAD, join
from procure.sheets.ledger import LedgerSheet
from procure.sheets.limits import Limits
from procure.sheets.markup import Findings, refuse_past
from procure.sheets.percentages import find_percentages
from procure.sheets.reading import Cell, UnreadableSheetError
from procure.sheets.seeming import is_contract_register, refuse_nil_return, refuse_sheet
from procure.sheets.table import BrokenRow, Row, Table
from procure.sheets.workbook import read_tables

_USUAL = 0.05  # share of rows from which cells beyond the headings are the file's habit
_BY_MONTH = "it tells months and not days, so it may sum up the other sheets"
_GLANCE = 200  # rows, columns and characters of a sheet's first rows
_COUNT = struct.Struct("<I")


def main(task_json: str) -> None:
    """Read the file on standard input and write frames to standard output. Never raises: what happened is a frame."""
    gc.disable()  # rows make no cycles, and this process will not live long enough to need it
    task = json.loads(task_json)
    limits = Limits(**task["limits"])
    out = sys.stdout.buffer
    bound_this_process(limits)
    try:
        tables, findings = open_safely(sys.stdin.buffer, limits)
        if task["kind"] == "rows":
            _tell_rows(tables, limits, out)
        elif task["kind"] == "first rows":
            _tell_first_rows(tables, out)
        else:
            _tell_ledger(tables, task, limits, out)
        findings.percentages.clear()  # they have told what they were for
        frames.write_json(out, frames.FILE_END, asdict(findings))
    except UnreadableSheetError as error:
        frames.write_json(out, frames.REFUSED, error.reason)
    except MemoryError:
        frames.write_json(out, frames.REFUSED, "The file needs more memory than a ledger should. Split it by month")
    except Exception as error:  # whatever a stranger's file did to a parser, the answer is the same sentence
        where = error.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        told = f"{type(error).__name__} at {where.tb_frame.f_code.co_name}:{where.tb_lineno}" if where else ""
        frames.write_json(out, frames.FAULT, told)
    out.flush()


def bound_this_process(limits: Limits) -> None:
    """Bounds that the kernel keeps: memory, processor time, no files written, no core left behind."""
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        with contextlib.suppress(ValueError, OSError):  # a stricter bound is already in force
            resource.setrlimit(what, (most, most))


def open_safely(stream: BinaryIO, limits: Limits) -> tuple[list[Table], Findings]:
    """The tables of a file of any kind, after everything that could harm us was refused."""
    size = stream.seek(0, 2)
    stream.seek(0)
    if size > limits.upload_bytes:
        raise UnreadableSheetError(
            f"The file is larger than {limits.upload_bytes // 1024**2} MB. Split it by month and upload the parts"
        )
    kind = container.recognise(stream.read(65_536))
    stream.seek(0)
    if kind is container.Kind.TEXT:
        refuse_endless_cells(limits.cell_characters)
        table, _ = read_table(stream)
        return [table], Findings(kind="csv")
    content = stream.read()
    if kind is container.Kind.COMPOUND:
        container.refuse_test_virus(content)
        compound.inspect(content)
        return read_tables(content, percentages=records.find_percentages(content)), Findings(kind="xls")
    findings = guard.inspect(content, limits)
    try:
        recoded = recode(content)
    except UnicodeError:
        raise UnreadableSheetError(guard.DAMAGED) from None
    if recoded is not None:
        content, findings = recoded, guard.inspect(recoded, limits)
    shown = findings.percentages if findings.kind == "ods" else find_percentages(content)
    return read_tables(content, is_1904=findings.is_1904, percentages=shown), findings


@dataclass
class _Ledger:
    """What has been told of a file so far: its filled rows, its sheets that are ledgers, why the others are not.

    named  the year, or the pair of years, that the file's name tells
    """

    named: str = ""
    filled: int = 0
    sheets: int = 0
    reasons: list[tuple[str | None, str]] = field(default_factory=list)
    in_months: list[tuple[Table, Choice]] = field(default_factory=list)


def _tell_ledger(tables: list[Table], task: dict[str, Any], limits: Limits, out: BinaryIO) -> None:
    choices = {name: choice for name, choice in task["mapping"]}
    told = _Ledger(task["named"])
    for table in tables:
        _tell_sheet(table, {**choices.get(None, {}), **choices.get(table.name, {})}, told, limits, out)
    is_of_days = told.sheets > 0
    for table, choice in told.in_months:
        if is_of_days:
            told.reasons.append((table.name, _BY_MONTH))
        else:
            _tell_sheet(table, choice, told, limits, out)
    frames.write_json(out, frames.ROWS, told.reasons)


def _tell_sheet(table: Table, choice: Choice, told: _Ledger, limits: Limits, out: BinaryIO) -> None:
    """Tell one sheet. One that knows months only must wait, because it may sum up the others: who waits comes twice."""
    ahead = list(islice(table.walk(), LOOKED_AHEAD))
    for row in ahead:
        if len(row) > limits.columns:
            refuse_past(0, _width(row), limits)
    whole, layout, ahead, note, is_by_month = join(table, ahead, choice, told.named)
    if layout is None or layout.missing or (is_contract_register(layout) and not choice):
        told.reasons.append((table.name, note or refuse_sheet(layout, ahead)))
        return
    if is_by_month and (table, choice) not in told.in_months:
        told.in_months.append((table, choice))
        return
    reader = _reader(whole, layout, ahead, limits, out)
    reader.filled_before = told.filled
    frames.write_json(out, frames.SHEET, _opening(whole, layout, reader.order) | {"note": note})
    result = reader.read()
    told.filled += sum(result.counts.values()) - result.counts["blank"]
    if not result.counts["payment"] and not result.counts["refused"]:
        told.reasons.append((table.name, refuse_nil_return(layout)))
    told.sheets += 1
    pending = reader.pending
    counted = vars(result) | {
        "total_pence": pending.total_pence, "first": pending.first, "last": pending.last,
        "repeats": pending.repeats, "repeats_pence": pending.repeats_pence,
    }  # fmt: skip
    frames.write_json(out, frames.SHEET_END, counted)


def _width(row: Row) -> int:
    return max((index for index, cell in enumerate(row, 1) if cell not in ("", None)), default=0)


def _reader(table: Table, layout: Layout, ahead: list[Row], limits: Limits, out: BinaryIO) -> LedgerSheet:
    def emit(packed: bytes, count: int) -> None:
        frames.write_frame(out, frames.BATCH, _COUNT.pack(count) + packed)

    today = date.today()
    below = ahead[layout.first_row :]
    width = len(layout.headings)
    beyond = sum(_width(row) > width for row in below if len(row) > width)
    return LedgerSheet(
        table,
        layout,
        order=_order(table, layout, ahead),
        limits=limits,
        emit=emit,
        last_day=today + timedelta(days=366),
        overflow_is_usual=beyond > max(2, _USUAL * len(below)),
    )


def _order(table: Table, layout: Layout, ahead: list[Row]) -> Order:
    """The order of the sheet's dates, from the rows looked ahead or, where they leave it open, from all of them."""
    index = layout.indexes["paid_on"]

    def cells(rows: Iterator[Row]) -> Iterator[Cell]:
        return (row[index] for row in rows if len(row) > index)

    seen = dict.fromkeys(cells(iter(ahead[layout.first_row :])))
    if len(ahead) == LOOKED_AHEAD and leaves_order_open(seen):
        seen = dict.fromkeys(cells(table.walk()))
    return infer_order(seen)


def _opening(table: Table, layout: Layout, order: Order) -> dict[str, Any]:
    return {
        "sheet": table.name,
        "header_row": layout.header_row,
        "columns": layout.columns,
        "why": [asdict(reading) for reading in layout.why],
        "headings": layout.headings,
        "is_hidden": table.is_hidden,
        "is_month_first": order is Order.MONTH_FIRST,
    }


def _tell_rows(tables: list[Table], limits: Limits, out: BinaryIO) -> None:
    """Every filled row of every sheet as plain cells: small files, read by the room that knows their fields."""
    filled = 0
    for table in tables:
        rows = []
        for number, row in enumerate(table.walk(), 1):
            if lines.is_blank(row):
                continue
            filled += 1
            refuse_past(filled, _width(row) if len(row) > limits.columns else 0, limits)
            rows.append([number, isinstance(row, BrokenRow), [_plain(cell, limits) for cell in row]])
        frames.write_json(out, frames.ROWS, [table.name, table.is_hidden, rows])


def _tell_first_rows(tables: list[Table], out: BinaryIO) -> None:
    """The first rows of every sheet as they are shown, for a person to point at the headings."""
    for table in tables:
        rows = [[show(cell)[:_GLANCE] for cell in row[:_GLANCE]] for row in islice(table.walk(), _GLANCE)]
        frames.write_json(out, frames.ROWS, [table.name, table.is_hidden, rows])


def _plain(cell: Cell, limits: Limits) -> Any:
    if isinstance(cell, datetime | date):
        return {"day": cell.isoformat()[:10]}
    if isinstance(cell, time | timedelta):
        return show(cell)
    return cell[: limits.cell_characters] if isinstance(cell, str) else cell
