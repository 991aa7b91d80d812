"""Which row holds the headings and which column holds what, judged from headings and cells, and explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from procure.sheets.cells import show
from procure.sheets.days import looks_like_day
from procure.sheets.headings import CORE, FIELDS, normalise, score
from procure.sheets.money import looks_like_money
from procure.sheets.profiles import Profile, profile_columns
from procure.sheets.reading import ColumnReading
from procure.sheets.table import Row

LEAST = 0.2  # below this a column is not taken for a field
_OUTRIGHT = 0.9  # a heading this plain is believed even where most of its cells are mistakes, if no other fits better
_DOUBT = 0.25
_SURE = 2.5  # no later row could be surer by that much
_LATER = 0.9  # how much surer a later row must be than an earlier one that names everything
_ROWS_TRIED = 120  # headings further down than this are not looked for
_SAMPLE = 200
_GOLDEN = 0.6180339887  # multiples of it, less their whole parts, lie evenly between 0 and 1 without a period
_MEANING = {
    "supplier": "who was paid",
    "amount": "the amount",
    "paid_on": "the day it was paid",
    "category": "the kind of spend",
    "description": "what it was for",
    "transaction_number": "the transaction number",
    "department": "the department",
    "supplier_postcode": "the supplier's postcode",
    "supplier_id": "the supplier's number",
    "vat": "the VAT",
    "gross": "the amount with VAT",
    "company_number": "the company number",
}

_SAID_BELOW = (*CORE, "vat", "gross")  # what the second line of headings says of a column that the first has named

HEADING_ROW = "heading_row"

Choice = Mapping[str, str | int]


@dataclass(frozen=True)
class Layout:
    """Where a ledger's columns are. `header_row` is 1-based; `first_row` the 0-based index of the row after it."""

    header_row: int
    first_row: int
    headings: tuple[str, ...]
    indexes: Mapping[str, int]
    why: tuple[ColumnReading, ...]
    sureness: float

    @property
    def columns(self) -> dict[str, str]:
        return {field: self.headings[index] for field, index in self.indexes.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(field for field in CORE if field not in self.indexes)


def find_layout(rows: Sequence[Row], choice: Choice | None = None) -> Layout | None:
    """The likeliest heading row of a sheet and its mapping, or None where nothing looks like headings.

    rows    the sheet's first rows, from row 1; the more, the better the cells can be judged
    choice  a person's correction: field > heading as written, or 0-based column; under HEADING_ROW, the row of the
            headings counted from 1, or 0 where there are none
    """
    stated = (choice or {}).get(HEADING_ROW)
    if isinstance(stated, int):
        return _layout_stated(rows, stated, choice or {})
    best: Layout | None = None
    for index in _candidates(rows, choice):
        for layout in _layouts_at(rows, index, choice or {}):
            margin = 0.05 if best is None or best.missing or layout.header_row == best.header_row else _LATER
            if best is None or layout.sureness > best.sureness + margin:
                best = layout
        if best and not best.missing and best.sureness > _SURE:
            break
    return best


def _layout_stated(rows: Sequence[Row], stated: int, choice: Choice) -> Layout | None:
    """The layout under the heading row that a person pointed at; None where the sheet has no such row."""
    if stated == 0:
        width = max(map(len, rows[:_SAMPLE]), default=0)
        return _judge(rows, [f"Column {at}" for at in range(1, width + 1)], -1, 0, choice) if width else None
    if not 0 < stated <= len(rows):
        return None
    layouts = _layouts_at(rows, stated - 1, choice)
    return max(layouts, key=lambda layout: (-len(layout.missing), layout.sureness))


def map_headings(row: Row) -> dict[str, int]:
    """Fields a row names outright, from its words alone: how headings repeated inside a sheet are known."""
    headings = [show(cell) if isinstance(cell, str) else "" for cell in row]
    return _choose({field: _scores(field, headings, None) for field in FIELDS}, {})


def _candidates(rows: Sequence[Row], choice: Choice | None) -> list[int]:
    """Rows with words that name at least two of supplier, amount and date, or that a person has pointed at."""
    found = []
    filled = ((index, row) for index, row in enumerate(rows) if any(cell not in ("", None) for cell in row))
    for index, row in islice(filled, _ROWS_TRIED):
        headings = [show(cell) for cell in row if isinstance(cell, str)]
        pointed = choice and {normalise(str(name)) for name in choice.values()} & {normalise(each) for each in headings}
        named = _named(row)
        if pointed or ((named >= 2 or (choice and named)) and _is_wordy(row)):
            found.append(index)
    return found


def _layouts_at(rows: Sequence[Row], index: int, choice: Choice) -> list[Layout]:
    """The mapping if row `index` holds the headings, and that if it shares them with the row below."""
    upper = _heading_texts(rows[index])
    layouts = [_judge(rows, upper, index, index + 1, choice)]
    if index + 1 < len(rows) and _is_wordy(rows[index]) and _is_wordy(rows[index + 1]):
        lower = _heading_texts(rows[index + 1])
        width = max(len(upper), len(lower))
        upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
        joined = [" ".join(filter(None, pair)) for pair in zip(upper, lower, strict=True)]
        both = _judge(rows, joined, index, index + 2, choice)
        if _is_better_joined(both, layouts[0], lower):
            layouts.append(both)
    return layouts


def _is_better_joined(both: Layout, alone: Layout, lower: list[str]) -> bool:
    """Whether a row below is the second line of the headings, and not a first payment whose cells are mistakes."""
    if len(both.missing) != len(alone.missing):
        return len(both.missing) < len(alone.missing)
    if both.sureness <= alone.sureness + 0.3:
        return False
    beneath = [lower[alone.indexes[field]] for field in CORE if field in alone.indexes]
    return bool(alone.missing) or any(score(cell, field) >= LEAST for cell in beneath for field in _SAID_BELOW)


def _heading_texts(row: Row) -> list[str]:
    texts = [show(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _is_wordy(row: Row) -> bool:
    """Whether a row can be headings: several cells, hardly a number or a day among them."""
    filled = [cell for cell in row if cell not in ("", None)]
    numbers = sum(not isinstance(cell, str) or looks_like_money(cell) or looks_like_day(cell) for cell in filled)
    return len(filled) >= 2 and numbers <= max(1, len(filled) * 0.2)


def _judge(rows: Sequence[Row], headings: list[str], index: int, first: int, choice: Choice) -> Layout:
    sample = _sample(rows, first)
    profiles = profile_columns(sample, len(headings))
    forced = _forced(headings, choice)
    scores = {field: _scores(field, headings, profiles) for field in FIELDS}
    indexes = _choose(scores, forced)
    _fall_back_on_cells(indexes, headings, profiles)
    sureness = sum(
        1.0 if field in forced else scores[field].get(at, LEAST) for field, at in indexes.items() if field in CORE
    )
    sureness += 0.05 * sum(field not in CORE for field in indexes)
    if index >= 0:
        sureness -= 0.5 * sum(isinstance(cell, int | float | date) for cell in rows[index]) / (len(headings) or 1)
    why = tuple(_explain(field, indexes, headings, profiles, scores, forced) for field in FIELDS if field in indexes)
    return Layout(index + 1, first, tuple(headings), indexes, why, sureness)


def _sample(rows: Sequence[Row], first: int) -> list[Row]:
    """Rows below the headings with several cells, spread over all that were given; headings repeated are left out."""
    below = rows[first:]
    spread = _spread(below, 4 * _SAMPLE) if len(below) > 40 * _SAMPLE else below
    full = [row for row in spread if sum(cell not in ("", None) for cell in row) >= 3]
    return [row for row in _spread(full, _SAMPLE) if not _names_all(row)]


def _spread(rows: Sequence[Row], most: int) -> list[Row]:
    """Some rows from end to end at uneven steps: with even ones, mistakes on every second row would be all or none."""
    if len(rows) <= most:
        return list(rows)
    step = len(rows) / most
    return [rows[int((at + at * _GOLDEN % 1) * step)] for at in range(most)]


def _named(row: Row) -> int:
    """How many of supplier, amount and date a row's words name."""
    headings = [show(cell) for cell in row if isinstance(cell, str)]
    return sum(any(score(heading, field) >= LEAST for heading in headings) for field in CORE)


def _names_all(row: Row) -> bool:
    """Whether a row's words name supplier, amount and date. The date is asked first: hardly any payment names one."""
    headings = [show(cell) for cell in row if isinstance(cell, str)]
    return all(any(score(heading, field) >= LEAST for heading in headings) for field in reversed(CORE))


def _forced(headings: list[str], choice: Choice) -> dict[str, int]:
    forced = {}
    known = [normalise(heading) for heading in headings]
    for field, where in choice.items():
        if isinstance(where, int):
            if 0 <= where < len(headings):
                forced[field] = where
        elif normalise(where) in known:
            forced[field] = headings.index(where) if where in headings else known.index(normalise(where))
    return {field: index for field, index in forced.items() if field in FIELDS}


def _scores(field: str, headings: list[str], profiles: list[Profile] | None) -> dict[int, float]:
    """Column > heading score times how far its cells agree."""
    found: dict[int, float] = {}
    for index, heading in enumerate(headings):
        points = score(heading, field)
        if points and profiles:
            seen = profiles[index]
            is_outright = field in CORE and points >= _OUTRIGHT
            points *= max(seen.agrees(field), _DOUBT if is_outright else 0.0)
            if field in CORE:
                points *= 0.5 + 0.5 * min(1.0, seen.filled * 2) if seen.looked_at else 1.0
            if field == "supplier" and seen.looked_at > 20 and seen.distinct * seen.looked_at * seen.filled < 2:
                points *= 0.6
        if points >= LEAST:
            found[index] = points
    return found


def _choose(scores: Mapping[str, Mapping[int, float]], forced: Mapping[str, int]) -> dict[str, int]:
    """One column a field: the core fields first, each taking the best column left; leftmost on a tie."""
    chosen = dict(forced)
    pairs = [
        (field not in CORE, -points, index, FIELDS.index(field), field)
        for field, columns in scores.items()
        for index, points in columns.items()
    ]
    for _, _, index, _, field in sorted(pairs):
        if field not in chosen and index not in chosen.values():
            chosen[field] = index
    return {field: chosen[field] for field in FIELDS if field in chosen}


def _fall_back_on_cells(indexes: dict[str, int], headings: list[str], profiles: list[Profile]) -> None:
    """Where exactly one core field has no heading that names it, a column whose cells leave no doubt may stand in."""
    missing = [field for field in CORE if field not in indexes]
    if len(missing) != 1:
        return
    fits = [
        index
        for index, seen in enumerate(profiles)
        if index not in indexes.values() and seen.looked_at >= 3 and seen.filled > 0.8
        and _leaves_no_doubt(missing[0], seen)
        and not _speaks_against(missing[0], headings[index])
    ]  # fmt: skip
    if len(fits) == 1:
        indexes[missing[0]] = fits[0]


def _leaves_no_doubt(field: str, seen: Profile) -> bool:
    if field == "amount":
        return seen.money > 0.95 and seen.pence > 0.5
    if field == "paid_on":
        return seen.day > 0.95 and (seen.words > 0.5 or seen.money < 0.1)
    return seen.words > 0.95 and seen.firm > 0.25 and seen.distinct * seen.looked_at >= 3


def _speaks_against(field: str, heading: str) -> bool:
    """Whether a heading says that the column is something else: a contract's end is no payment's day."""
    words = set(normalise(heading).split())
    against = {
        "paid_on": {"start", "end", "due", "award", "awarded", "review", "expiry", "contract", "birth", "order"},
        "amount": {"vat", "tax", "budget", "balance", "cumulative", "ytd", "percent", "%", "count", "rate"},
        "supplier": {"department", "entity", "body", "family", "category", "type", "description", "area", "address"},
    }[field]  # fmt: skip
    return bool(words & against) or any(score(heading, other) >= 0.6 for other in FIELDS if other != field)


def _explain(
    field: str,
    indexes: Mapping[str, int],
    headings: list[str],
    profiles: list[Profile],
    scores: Mapping[str, Mapping[int, float]],
    forced: Mapping[str, int],
) -> ColumnReading:
    index = indexes[field]
    seen, heading = profiles[index], headings[index] or f"column {index + 1}"
    others = sorted((at for at in scores[field] if at != index), key=lambda at: (-scores[field][at], at))
    if field in forced:
        reason = f"You chose “{heading}” for {_MEANING[field]}."
    elif index not in scores[field]:
        reason = f"No heading names {_MEANING[field]}, but the cells under “{heading}” look like it."
    else:
        agreed = round(100 * seen.agrees(field))
        reason = f"“{heading}” names {_MEANING[field]}, and {agreed}% of the {seen.looked_at} rows looked at agree."
    if field == "amount" and ({"vat", "gross"} & indexes.keys()):
        reason += " The amount without VAT is taken; the others are kept beside it."
    return ColumnReading(field, headings[index], index, reason, seen.samples, tuple(headings[at] for at in others[:3]))
