"""Read a spreadsheet from the command line and print what was understood as JSON. Needs no app and no database."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from procure.sheets import LedgerReading, Problem, UnreadableSheetError, read_payments

from .files import WRITE, instead_of_standard_output, tell
from .sheets_import import import_directory

_PROBLEMS_SHOWN = 1_000
_REFUSED = 2

_file = click.argument("file", type=click.Path(path_type=Path))


@click.group("sheets")
def sheets() -> None:
    """Read ledgers, lots and capabilities from spreadsheets."""


sheets.add_command(import_directory)


@sheets.command("ledger")
@_file
@instead_of_standard_output
def ledger(file: Path, out_file: Path | None) -> None:
    """Read a spend ledger: where its columns are, its payments, and what was refused."""
    tell(_ledger(_read(file, read_payments, out_file)), out_file, is_ascii=True)


@sheets.command("lots")
@_file
@instead_of_standard_output
def lots(file: Path, out_file: Path | None) -> None:
    """Read a lots file."""
    from procure.sheets import read_lots

    reading = _read(file, read_lots, out_file)
    tell(
        {
            "file": reading.filename,
            "outcome": "lots",
            "reason": None,
            "sheets": [
                {
                    "sheet": sheet.sheet,
                    "header_row": sheet.header_row,
                    "columns": dict(sheet.columns),
                    "lots": len(sheet.lots),
                    "refused": sheet.refused,
                    "total_pence": sheet.total_pence,
                }
                for sheet in reading.sheets
            ],
            "warnings": list(reading.warnings),
            "problems": _problems(reading.problems),
            "problems_total": len(reading.problems),
        },
        out_file,
        is_ascii=True,
    )


@sheets.command("capabilities")
@_file
@instead_of_standard_output
def capabilities(file: Path, out_file: Path | None) -> None:
    """Read a capabilities file."""
    from procure.sheets import read_capabilities

    reading = _read(file, read_capabilities, out_file)
    tell(
        {
            "file": reading.filename,
            "outcome": "capabilities",
            "reason": None,
            "sheets": [
                {
                    "sheet": sheet.sheet,
                    "header_row": sheet.header_row,
                    "columns": dict(sheet.columns),
                    "enterprises": len(sheet.enterprises),
                    "refused": sheet.refused,
                }
                for sheet in reading.sheets
            ],
            "warnings": list(reading.warnings),
            "problems": _problems(reading.problems),
            "problems_total": len(reading.problems),
        },
        out_file,
        is_ascii=True,
    )


@sheets.command("template")
@click.argument("kind", type=click.Choice(["ledger", "lots", "capabilities"]))
@click.argument("out", type=WRITE)
def template(kind: str, out: Path) -> None:
    """Write an empty template to fill in."""
    from procure.sheets import write_template

    write_template(kind, out)


def _read(file: Path, read: Callable[[Path], Any], out_file: Path | None) -> Any:
    try:
        return read(file)
    except UnreadableSheetError as error:
        _refuse(file, error.reason, out_file)
    except OSError as error:
        _refuse(file, f"The file could not be opened: {error.strerror}", out_file)


def _refuse(file: Path, reason: str, out_file: Path | None) -> NoReturn:
    told = {"file": file.name, "outcome": "refused", "reason": reason, "sheets": [], "warnings": [], "problems": []}
    tell(told, out_file, is_ascii=True)
    sys.exit(_REFUSED)


def _ledger(reading: LedgerReading) -> dict[str, Any]:
    return {
        "file": reading.filename,
        "outcome": "ledger",
        "reason": None,
        "sheets": [
            {
                "sheet": sheet.sheet,
                "header_row": sheet.header_row,
                "columns": dict(sheet.columns),
                "payments": len(sheet.payments),
                "refused": sheet.refused,
                "total_pence": sheet.total_pence,
                "first_date": sheet.first_date and sheet.first_date.isoformat(),
                "last_date": sheet.last_date and sheet.last_date.isoformat(),
                "lines": dict(sheet.counts),
                "why": {column.field: column.reason for column in sheet.why},
            }
            for sheet in reading.sheets
        ],
        "warnings": list(reading.warnings),
        "problems": _problems(reading.problems),
        "problems_total": reading.problems_total,
    }


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    return [
        {"sheet": each.sheet, "row": each.row, "column": each.column, "value": each.value, "message": each.message}
        for each in problems[:_PROBLEMS_SHOWN]
    ]
