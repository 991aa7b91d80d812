"""How much of what, as people write it in one cell: "catering 100 meals; cleaning 40 hours"."""

import re

from procure.sheets.cells import read_list
from procure.sheets.money import CellError, read_pence
from procure.sheets.reading import AskRow, CapacityRow, Cell, NeedRow

NEED_ADVICE = "Write each need as what, how many and of which unit, like: catering 100 meals; cleaning 40 hours"
ASK_ADVICE = "Write how many of each, like: 4 apprenticeships; 10 local jobs"
_MOST = 1_000_000_000

_COUNT = r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_NAME_FIRST = re.compile(
    rf"(.*?[^\W\d_].*?)\s*[:\-–]?\s+{_COUNT}(?:\s+([^\d£@].*?))?(?:\s*[@£(]\s*(?:for\s*)?(£?[0-9.,]+)\)?)?"
)
_COUNT_FIRST = re.compile(rf"{_COUNT}\s*(?:x\s+|of\s+)?(.*[^\W\d_].*)")


def read_needs(cell: Cell) -> tuple[NeedRow, ...]:
    """Needs of a lot. A part without a number is one whole. raises CellError"""
    needs = []
    for part in read_list(cell):
        found = _NAME_FIRST.fullmatch(part)
        turned = _COUNT_FIRST.fullmatch(part)
        if found:
            value = read_pence(found[4]) if found[4] else None
            needs.append(NeedRow(found[1].strip(), read_count(found[2]), found[3], value))
        elif turned:
            unit, _, name = turned[2].partition(" of ")
            needs.append(NeedRow(name or turned[2], read_count(turned[1]), unit if name else None))
        else:
            needs.append(NeedRow(part, 1))
    if len({need.name.casefold() for need in needs}) < len(needs):
        raise CellError("A need is named twice: give each need its own name")
    return tuple(needs)


def read_capacities(cell: Cell) -> tuple[CapacityRow, ...]:
    """Capacities of an enterprise, written as needs are. raises CellError"""
    return tuple(CapacityRow(need.name, need.units, need.unit) for need in read_needs(cell))


def read_asks(cell: Cell) -> tuple[AskRow, ...]:
    """Measures of social value with their numbers, in either order. raises CellError"""
    asks = []
    for part in read_list(cell):
        count_first = _COUNT_FIRST.fullmatch(part)
        name_first = re.fullmatch(rf"(.*[^\W\d_].*?)\s*[:\-–=]?\s*{_COUNT}", part)
        if count_first:
            asks.append(AskRow(count_first[2].strip(), read_count(count_first[1])))
        elif name_first:
            asks.append(AskRow(name_first[1].strip(), read_count(name_first[2])))
        else:
            raise CellError(ASK_ADVICE)
    return tuple(asks)


def read_count(written: str) -> int:
    count = int(written.replace(",", "")[:12])
    if not 1 <= count <= _MOST:
        raise CellError(NEED_ADVICE)
    return count
