"""Templates to fill in: headings that our readers know, drop-downs, and an example row that is recognised as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from procure.sheets.lines import EXAMPLE_MARK

if TYPE_CHECKING:
    import xlsxwriter

_ROWS = 2_000  # rows that have the drop-downs
_CHOICES_SHEET = "Choices"


@dataclass(frozen=True)
class Column:
    """One column of a template. `kind` is text, money, day, whole, yes_no or the name of a list of choices."""

    heading: str
    example: str | int | float
    kind: str = "text"
    note: str = ""


TEMPLATES: Mapping[str, tuple[Column, ...]] = {
    "ledger": (
        Column("Date paid", "01/04/2025", "day"),
        Column("Supplier name", f"Canal Side Catering CIC {EXAMPLE_MARK}"),
        Column("Net amount", 1234.56, "money", "Without VAT. A credit has a minus sign"),
        Column("VAT", 246.91, "money"),
        Column("Department", "Estates"),
        Column("Expense type", "Catering"),
        Column("Description", "Staff canteen, March"),
        Column("Transaction number", "INV-1001"),
        Column("Supplier postcode", "B18 7QH"),
        Column("Company number", "01234567"),
    ),
    "lots": (
        Column("Lot reference", "LOT-1"),
        Column("Title", f"Lunches for day centres {EXAMPLE_MARK}"),
        Column("Description", "Cook and deliver hot lunches on weekdays"),
        Column("CPV code", "55520000", "cpv"),
        Column("Estimated value", 250000, "money", "Over the whole contract, without VAT"),
        Column("Start date", "01/04/2026", "day"),
        Column("End date", "31/03/2028", "day"),
        Column("Deadline", "27/02/2026", "day", "The last day to respond"),
        Column("Place (postcode)", "B18 7QH"),
        Column(
            "Needs", "catering 100 meals; delivery 40 hours", note="What, how many, which unit; parted by semicolons"
        ),
        Column("Minimum turnover", 100000, "money"),
        Column("Minimum insurance", 5000000, "money"),
        Column("Certificates each member needs", "DBS", note="Parted by semicolons"),
        Column("Certificates any one member needs", "ISO9001", note="Parted by semicolons"),
        Column("Social value asked", "4 apprenticeships; 10 local jobs", note="How many of each; parted by semicolons"),
        Column("Social value weight %", 10, "whole"),
        Column("Reserved (yes or no)", "No", "yes_no"),
    ),
    "capabilities": (
        Column("Enterprise name", f"Canal Side Catering CIC {EXAMPLE_MARK}"),
        Column("Legal form", "CIC", "kind"),
        Column("Postcode", "B18 7QH"),
        Column("Contact name", "Pat Example"),
        Column("Contact email", "pat@example.org"),
        Column("Telephone", "0121 496 0000"),
        Column("What they do", "catering; event food", note="Parted by semicolons"),
        Column("CPV codes", "55520000; 55524000", note="Parted by semicolons"),
        Column("Areas (postcode districts)", "B18; B19; B21", note="Parted by semicolons"),
        Column("Capacity", "catering 80 meals", note="What, how many, which unit; parted by semicolons"),
        Column("Largest contract £", 150000, "money"),
        Column("Turnover", 200000, "money"),
        Column("Insurance", 5000000, "money"),
        Column("Certificates", "ISO9001 until 31/03/2027; DBS", note="With the last valid day where there is one"),
        Column("Company number", "01234567"),
        Column("Charity number", "1234567"),
        Column("Social value offered", "2 apprenticeships; 5 local jobs"),
    ),
}
_LEGAL_FORMS = ("CIC", "CIO", "Charity", "Co-operative", "Social enterprise", "Company", "Partnership", "Sole trader")


def write_template(kind: str, to: str | Path | BinaryIO, *, choices: Mapping[str, Sequence[str]] | None = None) -> None:
    """Write an .xlsx template with frozen headings, drop-downs and an example row.

    kind     "ledger", "lots" or "capabilities"
    choices  lists for drop-downs by name: "cpv" (codes, perhaps with their words) and "kind" (legal forms)
    raises   ValueError naming an unknown kind
    """
    if kind not in TEMPLATES:
        raise ValueError(f"no template is called {kind!r}")
    lists = {"kind": _LEGAL_FORMS, "yes_no": ("Yes", "No"), **(choices or {})}
    import xlsxwriter

    book = xlsxwriter.Workbook(str(to) if isinstance(to, Path) else to, {"in_memory": True})
    sheet = book.add_worksheet(kind.capitalize())
    places = _write_choices(book, {name: lists[name] for name in lists if name in {c.kind for c in TEMPLATES[kind]}})
    for index, column in enumerate(TEMPLATES[kind]):
        _write_column(book, sheet, index, column, places)
    sheet.freeze_panes(1, 0)
    sheet.activate()
    book.close()


def _write_choices(book: xlsxwriter.Workbook, lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Lists on a hidden sheet, because a drop-down typed into a cell may hold 255 characters only."""
    if not any(lists.values()):
        return {}
    hidden = book.add_worksheet(_CHOICES_SHEET)
    hidden.hide()
    places = {}
    for column, (name, choices) in enumerate(sorted(lists.items())):
        if choices:
            hidden.write_column(0, column, list(choices))
            letter = chr(ord("A") + column)
            places[name] = f"={_CHOICES_SHEET}!${letter}$1:${letter}${len(choices)}"
    return places


def _write_column(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.workbook.Worksheet,
    index: int,
    column: Column,
    places: Mapping[str, str],
) -> None:
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    grey = {"italic": True, "font_color": "#505a5f"}
    shapes = {"money": {"num_format": "#,##0.00"}, "day": {"num_format": "dd/mm/yyyy"}, "whole": {"num_format": "0"}}
    shape = shapes.get(column.kind, {"num_format": "@"})
    sheet.set_column(index, index, max(14, min(len(column.heading) + 4, 34)), book.add_format(shape))
    sheet.write_string(0, index, column.heading, heading)
    if column.note:
        sheet.write_comment(0, index, column.note)
    sheet.write(1, index, column.example, book.add_format({**shape, **grey}))
    rule = _rule(column, places)
    if rule:
        sheet.data_validation(2, index, _ROWS, index, rule)


def _rule(column: Column, places: Mapping[str, str]) -> dict[str, object] | None:
    if column.kind in places:
        # A code may be typed that the list does not hold: the list helps, the reader decides.
        return {"validate": "list", "source": places[column.kind], "error_type": "information", "ignore_blank": True}
    if column.kind == "day":
        told = {"error_title": "Not a date", "error_message": "Enter a date like 31/12/2025"}
        return {"validate": "date", "criteria": ">", "value": "=DATE(1990,1,1)", "error_type": "warning", **told}
    if column.kind in ("money", "whole"):
        told = {"error_title": "Not a number", "error_message": "Enter a number like 1234.56"}
        return {"validate": "decimal", "criteria": ">", "value": -1e10, "error_type": "warning", **told}
    return None
