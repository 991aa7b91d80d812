"""A lots file: what a buyer wants to have done, with its gates and the social value asked."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from procure.places import is_outcode
from procure.sheets.cells import (
    read_cpv,
    read_list,
    read_postcode,
    read_text,
    read_whole_number,
    read_yes_or_no,
    show,
)  # fmt: skip
from procure.sheets.days import read_day
from procure.sheets.forms import FormRow, FormSheet, NumberedRow, find_headings, read_sheets, walk_rows
from procure.sheets.headings import normalise
from procure.sheets.limits import PERSON, Limits
from procure.sheets.money import CellError, read_pence
from procure.sheets.quantities import read_asks, read_count, read_needs
from procure.sheets.reading import (
    Cell,
    LotRow,
    LotsReading,
    LotsSheetReading,
    NeedRow,
    NonDataLine,
    RefusedRow,
    UnreadableSheetError,
)  # fmt: skip

WANTED = "Upload a lots file: one row for each lot, with a title, a CPV code and a value. A template can be downloaded"
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
_DIVISIONS = frozenset({
    "03", "09", "14", "15", "16", "18", "19", "22", "24", "30", "31", "32", "33", "34", "35",
    "37", "38", "39", "41", "42", "43", "44", "45", "48", "50", "51", "55", "60", "63", "64",
    "65", "66", "70", "71", "72", "73", "75", "76", "77", "79", "80", "85", "90", "92", "98",
})  # fmt: skip

_WORDS = {
    "social_value_weight": r"\bsocial value\b.*\b(?:weight|weighting|percent|percentage|%)|\bweight(?:ing)?\b",
    "social_value": r"\bsocial value\b|\bcommunity benefits?\b",
    "certificates_any": r"\b(?:certificates?|accreditations?|certification)\b.*\b(?:any|one|at least|some)\b",
    "certificates_each": r"\b(?:certificates?|accreditations?|certification|qualifications?)\b",
    "turnover": r"\bturnover\b",
    "insurance": r"\binsurance\b|\bindemnity\b",
    "deadline": r"\bdeadline\b|\bclos(?:ing|es)\b|\b(?:return|submission|tender|bid) (?:by|date|due)\b|\brespond by\b",
    "starts_on": r"\bstarts?\b|\bcommence(?:ment|s)?\b|\bdate from\b|^from$",
    "ends_on": r"\bends?\b|\bexpir(?:y|es)\b|\bcompletion\b|\bdate to\b|^to$|^until$",
    "cpv": r"\bcpv\b",
    "need": r"^(?:need|item|requirement|element|service needed)(?: name)?$",
    "quantity": r"^(?:quantity|qty|how (?:much|many)|units? needed|volume|number of units|units)$",
    "unit": r"^units?(?: of measure)?$|^uom$|^measure$",
    "needs": r"\bneeds\b|\brequirements\b|\bwhat must be covered\b",
    "value": r"\bvalue\b|\bbudget\b|\bamount\b|^(?:estimate|estimated cost|cost|price|total)\b",
    "postcode": r"\bpostcode\b|\bplace\b|\blocation\b|\bwhere\b|\bsite\b",
    "reserved": r"\breserved\b",
    "reference": r"^(?:lot )?(?:reference|number|id|code)$|\blot (?:reference|number|id)\b|^reference number$|^lot$",
    "title": r"\btitle\b|^(?:lot )?name$|^lot name$|^name of (?:the )?lot$|^contract(?: name)?$|^opportunity$",
    "description": r"\bdescription\b|\bdetails?\b|\bscope\b|\bspecification\b|\bsummary\b",
}
VOCABULARY = {name: re.compile(words) for name, words in _WORDS.items()}
_NEEDS_SHEET = {name: VOCABULARY[name] for name in ("need", "quantity", "unit", "value", "cpv", "reference", "title")}


def read_lots(
    path: str | Path,
    *,
    filename: str | None = None,
    limits: Limits = PERSON,
    progress: Callable[[int], None] | None = None,
) -> LotsReading:
    """Read a lots file: one row a lot, needs in one cell, in further rows of the same reference, or on a sheet "Needs".

    raises  UnreadableSheetError where no sheet holds lots or the file may not be opened
    """
    sheets, warnings = read_sheets(path, limits)
    extra: dict[str, list[NeedRow]] = {}
    extra_refused: list[str] = []
    readings: list[LotsSheetReading] = []
    for name, _, rows in sheets:
        if (name or "").strip().casefold() == "needs":
            _read_needs_sheet(name, rows, extra, extra_refused)
    for name, is_hidden, rows in sheets:
        form = find_headings(name, is_hidden, rows, VOCABULARY)
        if form and (name or "").strip().casefold() != "needs" and _is_lots(form):
            readings.append(_read_sheet(form, extra))
            if progress:
                progress(sum(len(reading.lots) for reading in readings))
    readings = [reading for reading in readings if reading.lots or reading.refused]
    if not readings:
        raise UnreadableSheetError(_refuse(sheets))
    return LotsReading(filename or Path(path).name, tuple(readings), tuple(warnings + extra_refused))


def _is_lots(form: FormSheet) -> bool:
    return "title" in form.indexes and bool(form.indexes.keys() & {"cpv", "value", "needs", "deadline", "need"})


def _refuse(sheets: list[tuple[str | None, bool, list[NumberedRow]]]) -> str:
    words = {normalise(show(cell)) for _, _, rows in sheets for _, _, cells in rows[:20] for cell in cells}
    if not any(rows for _, _, rows in sheets):
        return f"The file is empty. {WANTED}"
    if any("supplier" in word or "payee" in word or "vendor" in word for word in words):
        return f"This seems to be a spend ledger: upload it where ledgers are read. {WANTED}"
    return f"No heading row with a lot's title and its value or CPV code was found. {WANTED}"


def _read_sheet(form: FormSheet, extra: dict[str, list[NeedRow]]) -> LotsSheetReading:
    lots: dict[str, LotRow] = {}
    refused: list[RefusedRow] = []
    non_data: list[NonDataLine] = []
    last = ""
    for row in walk_rows(form, non_data):
        key = _key(row.text("reference") or row.text("title") or last)
        if row.has("need") and key in lots and not row.problems:
            _add_need(lots, key, row)
        elif sum(bool(show(cell)) for cell in row.cells) == 1 and not row.text("title"):
            non_data.append(NonDataLine(row.number, "note", " ".join(filter(None, map(show, row.cells)))[:200]))
        else:
            lot = _read_lot(row, extra)
            if not row.problems:
                lots[key if key not in lots else f"{key} row {row.number}"] = lot
                last = key
        if row.problems:
            refused.append(row.refused())
    return LotsSheetReading(
        sheet=form.name,
        header_row=form.header_row,
        columns=form.columns,
        lots=tuple(lots.values()),
        problems=tuple(problem for each in refused for problem in each.problems),
        refused=len(refused),
        refused_rows=tuple(refused),
        headings=form.headings,
        non_data=tuple(non_data),
        total_pence=sum(lot.value_pence or 0 for lot in lots.values()),
    )


def _read_lot(row: FormRow, extra: dict[str, list[NeedRow]]) -> LotRow:
    row.require("title", "Enter a title for the lot")
    if row.has("value"):
        row.require("value", "Enter the estimated value in pounds, like 250,000")
    title, reference = row.text("title") or "", row.text("reference")
    needs = row.read("needs", read_needs) or ()
    if row.has("need") and row.text("need"):
        needs += _row_needs(row)
    needs += tuple(extra.get(_key(reference or ""), ())) or tuple(extra.get(_key(title), ()))
    starts_on, ends_on = row.read("starts_on", _day), row.read("ends_on", _day)
    if starts_on and ends_on and ends_on < starts_on:
        row.fault("ends_on", "The end is before the start: check both dates")
    place = row.text("postcode")
    postcode = read_postcode(place) if place else None
    if place and not postcode and not is_outcode(place.upper()) and _seems_postcode(row, place):
        row.fault("postcode", "Enter a full postcode, like B18 7QH, or a district, like B18")
    return LotRow(
        row=row.number,
        title=title,
        reference=reference,
        description=row.text("description"),
        cpv=row.read("cpv", read_cpvs) or (),
        value_pence=row.read("value", _value),
        starts_on=starts_on,
        ends_on=ends_on,
        deadline=row.read("deadline", _day),
        postcode=postcode,
        needs=needs,
        turnover_pence=row.read("turnover", _value),
        insurance_pence=row.read("insurance", _value),
        certificates_each=row.read("certificates_each", read_list) or (),
        certificates_any=row.read("certificates_any", read_list) or (),
        social_value=row.read("social_value", read_asks) or (),
        social_value_weight_percent=row.read("social_value_weight", _percent),
        is_reserved=row.read("reserved", read_yes_or_no),
        place=None if postcode else place,
    )


def _seems_postcode(row: FormRow, place: str) -> bool:
    """Whether a postcode was meant: the heading asks for one, or there are figures in it."""
    heading = normalise(row.sheet.columns.get("postcode", ""))
    return "postcode" in heading or any(letter.isdigit() for letter in place)


def _add_need(lots: dict[str, LotRow], key: str, row: FormRow) -> None:
    needs = _row_needs(row)
    if not row.problems:
        lots[key] = replace(lots[key], needs=lots[key].needs + needs)


def _row_needs(row: FormRow) -> tuple[NeedRow, ...]:
    row.require("need", "Enter what is needed")
    units = row.read("quantity", lambda cell: read_count(str(read_whole_number(cell)))) if row.has("quantity") else 1
    if units is None and not row.problems:
        row.fault("quantity", "Enter how much is needed, like 100")
    return (NeedRow(row.text("need") or "", units or 1, row.text("unit")),)


def _read_needs_sheet(
    name: str | None, rows: list[NumberedRow], extra: dict[str, list[NeedRow]], refused: list[str]
) -> None:
    form = find_headings(name, False, rows, _NEEDS_SHEET)
    if form is None or "need" not in form.indexes or not form.indexes.keys() & {"reference", "title"}:
        refused.append(f"The sheet “{name}” was left out: it needs the headings Lot, Need and Quantity")
        return
    for row in walk_rows(form, []):
        needs = _row_needs(row)
        value = row.read("value", _value)
        cpv = row.read("cpv", read_cpv_of_lot)
        if row.problems:
            refused.append(f"Row {row.number} of the sheet “{name}” was left out: {row.problems[0].message}")
            continue
        key = _key(row.text("reference") or row.text("title") or "")
        extra.setdefault(key, []).extend(replace(need, value_pence=value, cpv=cpv) for need in needs)


def _key(text: str) -> str:
    return text.casefold()


def _day(cell: Cell) -> date:
    day = read_day(cell)
    if not _FIRST_DAY <= day < _LAST_DAY:
        raise CellError("The date is not between 2000 and 2099: check the year")
    return day


def _value(cell: Cell) -> int:
    pence = read_pence(cell)
    if pence <= 0:
        raise CellError("Enter an amount above nought, like 250,000")
    return pence


def _percent(cell: Cell) -> int:
    if isinstance(cell, float) and 0 < cell < 1:  # a cell formatted as a percentage holds its hundredth part
        return round(cell * 100)
    return read_whole_number((read_text(cell) or "").removesuffix("%").strip(), most=100)


def read_cpv_of_lot(cell: Cell) -> str:
    """A CPV code of a division that exists. raises CellError"""
    written = show(cell)
    code = read_cpv(written.zfill(8) if written.isdigit() and len(written) == 7 else written)
    if code[:2] not in _DIVISIONS:
        raise CellError(f"There is no CPV division {code[:2]}: enter a code like 55520000")
    return code


def read_cpvs(cell: Cell) -> tuple[str, ...]:
    parts = re.split(r"[;,\n]+\s*", cell) if isinstance(cell, str) else [cell]
    return tuple(dict.fromkeys(read_cpv_of_lot(part) for part in parts if show(part)))
