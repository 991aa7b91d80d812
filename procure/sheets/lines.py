"""Lines of a ledger that are no payments: blanks, totals, notes, repeated headings, examples."""

import re
from collections.abc import Sequence

from procure.sheets.cells import show
from procure.sheets.columns import map_headings
from procure.sheets.headings import CORE, normalise
from procure.sheets.money import CellError, read_pence
from procure.sheets.reading import Cell

EXAMPLE_MARK = "(example, not read)"
_WHICH = r"(?:the |grand |sub|overall |report |page |net |running |final |monthly |combined )?[\s-]*"
_TOTAL_ONLY = re.compile(rf"{_WHICH}totals?\s*[:=£]*(?:\s*\(£\))?", re.I)
_TOTAL_LABEL = re.compile(
    rf"^{_WHICH}totals?\s*(?:$|[:=£(\-–0-9]|(?:for|of|spend|spent|amount|payments?|expenditure|value|paid|net|gross|this|in|to)\b)|"
    r"\btotals?\s*[:=]?$|^(?:sum|balance|(?:balance )?(?:brought|carried) forward|b/f|c/f|overall)\s*[:=]?$|"
    r"^number of payments\b",
    re.I,
)
_TOTAL_FIRST = re.compile(rf"{_WHICH}totals?\b", re.I)
_MOST_CELLS_OF_A_NOTE = 2


def is_blank(cells: Sequence[Cell]) -> bool:
    return not any(cell not in ("", None) and (not isinstance(cell, str) or cell.strip()) for cell in cells)


def is_total_only(text: str) -> bool:
    """Whether a supplier's cell says no more than "Total": no one is called that and nothing else."""
    return bool(_TOTAL_ONLY.fullmatch(text.strip()))


def is_total_label(text: str) -> bool:
    return bool(_TOTAL_LABEL.search(text.strip()))


def begins_as_total(cells: Sequence[Cell]) -> bool:
    """Whether a cell's first word is "Total", as a sum's label and some firms' names begin: the amount must decide."""
    return any(isinstance(cell, str) and _TOTAL_FIRST.match(cell.strip()) for cell in cells)


def is_example(text: str) -> bool:
    return text.rstrip().endswith(EXAMPLE_MARK)


def find_repeated_headings(cells: Sequence[Cell], headings: Sequence[str]) -> dict[str, int] | None:
    """The mapping of a row that repeats the headings, perhaps with columns moved; None where it does not."""
    texts = [normalise(show(cell)) if isinstance(cell, str) else "" for cell in cells]
    if not any(texts):
        return None
    known = {normalise(heading) for heading in headings} - {""}
    repeated = sum(text in known for text in texts if text)
    filled = sum(cell not in ("", None) for cell in cells)
    mapping = map_headings(list(cells))
    if repeated >= max(3, 0.6 * filled):
        return mapping
    names_all = all(field in mapping for field in CORE) and repeated >= 2
    return mapping if names_all and repeated >= 0.4 * filled else None


def name_line(cells: Sequence[Cell], amount: int, supplier: int, has_day: bool) -> str | None:
    """What a line that is neither a payment nor headings is: blank, total or note; None where it must be refused.

    amount, supplier  their columns, 0-based
    has_day           whether its date cell holds a day: a line without one cannot be a payment
    """
    filled = [cell for cell in cells if cell not in ("", None) and (not isinstance(cell, str) or cell.strip())]
    if not filled:
        return "blank"
    texts = [show(cell) for cell in filled if isinstance(cell, str)]
    pence = _pence(cells, amount)
    who = show(cells[supplier]) if supplier < len(cells) else ""
    has_label = is_total_label(who) if who else any(is_total_label(text) for text in texts)
    if pence is not None and not has_day and (has_label or _only_numbers(filled)):
        return "total"
    if pence is not None and not who and any(is_total_only(text) for text in texts):
        return "total"
    if has_day:
        return None
    if pence is None and (len(filled) <= _MOST_CELLS_OF_A_NOTE or (has_label and len(filled) <= 3)):
        return "note" if not has_label else "total"
    return None


def _only_numbers(filled: Sequence[Cell]) -> bool:
    return all(not isinstance(cell, str) or _pence([cell], 0) is not None for cell in filled)


def _pence(cells: Sequence[Cell], index: int) -> int | None:
    try:
        return read_pence(cells[index]) if index < len(cells) else None
    except CellError:
        return None
