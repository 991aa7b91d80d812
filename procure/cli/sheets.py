"""Read a spreadsheet from the command line and print what was understood as JSON. Needs no app and no database."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from procure.sheets import LedgerReading, Problem, UnreadableSheetError, read_payments

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
def ledger(file: Path) -> None:
    """Read a spend ledger: where its columns are, its payments, and what was refused."""
    reading = _read(file, read_payments)
    _print(_ledger(reading))


@sheets.command("lots")
@_file
def lots(file: Path) -> None:
    """Read a lots file."""
    from procure.sheets import read_lots

    reading = _read(file, read_lots)
    _print(
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
        }
    )


@sheets.command("capabilities")
@_file
def capabilities(file: Path) -> None:
    """Read a capabilities file."""
    from procure.sheets import read_capabilities

    reading = _read(file, read_capabilities)
    _print(
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
        }
    )


@sheets.command("template")
@click.argument("kind", type=click.Choice(["ledger", "lots", "capabilities"]))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def template(kind: str, out: Path) -> None:
    """Write an empty template to fill in."""
    from procure.sheets import write_template

    write_template(kind, out)


def _read(file: Path, read: Callable[[Path], Any]) -> Any:
    try:
        return read(file)
    except UnreadableSheetError as error:
        _refuse(file, error.reason)
    except OSError as error:
        _refuse(file, f"The file could not be opened: {error.strerror}")


def _refuse(file: Path, reason: str) -> NoReturn:
    _print({"file": file.name, "outcome": "refused", "reason": reason, "sheets": [], "warnings": [], "problems": []})
    sys.exit(_REFUSED)


def _print(told: Any) -> None:
    click.echo(json.dumps(told, ensure_ascii=True, indent=1))


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
