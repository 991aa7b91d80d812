"""What a board report says of what comes next: how often the money turns here, and what could come home."""

from ...extensions import db
from ...models import LocalArea, ShiftRow
from ...papers import Column, Section, Table
from ...papers.content import COUNT, PENCE, RATIO, SHARE
from ...papers.words import month, percent, pounds
from ..multiplier import multiplier
from ..shares import spend_periods
from ..shift import shift, shift_parts

MOST_SHIFTS = 20
NOT_YET = "It has not been worked out yet. Your finance officer can ask for it on the page “Could come home”."


def turns(of: int, area: LocalArea) -> Section:
    """LM3 with its bounds, its framing, and what it rests on."""
    title = "How often the money turns here (LM3)"
    period = spend_periods.find_period(None, of=of)
    reading = multiplier.read(of, area, period) if period else None
    found = reading.lm3 if reading else None
    if period is None or reading is None or found is None:
        return Section(title, ("There is no first round of money yet, so LM3 is not known.",))
    answers = len(reading.answered_parties)
    table = Table(
        "LM3",
        (Column("What"), Column("At least", RATIO), Column("At most", RATIO)),
        (("LM3", found.low, found.high),),
    )
    rounds = Table(
        "The rounds of the money",
        (Column("Round"), Column("At least", PENCE), Column("At most", PENCE)),
        (
            ("First: what was paid", found.initial_pence, found.initial_pence),
            ("Second: what reached people and firms here", *found.second),
            ("Third: what they spent here again", *found.third),
        ),
    )
    asked = Table(
        "Suppliers who told us", (Column("What"), Column("Number", COUNT)), (("Answers that count", answers),)
    )
    return Section(
        title,
        (
            f"From {found.low:.2f} to {found.high:.2f} for {period.words}: one pound makes so many pounds of local "
            "money by its third round.",
            f"The first round is {reading.framing}. Figures with another first round must not be compared with it.",
            "It is a range because not every supplier told us, and because the place of some is not known or not sure.",
        ),
        tables=(table, rounds, asked),
    )


def could_come_home(of: int) -> Section:
    """The parts of the last year's money, and the largest rows that somebody here could do."""
    title = "What could come home"
    run = shift.current(of)
    if run is None:
        return Section(title, (NOT_YET,))
    parts = shift_parts.parts_of(run)
    sums = Table(
        "Where the year’s money stands",
        (Column("Part"), Column("Money", PENCE)),
        (*parts, ("Everything", sum(pence for _, pence in parts))),
        ends_in_total=True,
    )
    rows = Table(
        "The largest that could come home",
        (Column("What"), Column("Paid to"), Column("Left", PENCE), Column("Probability", SHARE)),
        tuple((_what(row), _whom(row), row.left_pence, row.probability) for row in _rows(of)),
    )
    stale = " Money, payees or enterprises have changed since." if shift.is_stale(run) else ""
    return Section(
        title,
        (
            f"From {month(run.first_month)} to {month(run.last_month)}, {pounds(run.left_pence)} left {run.area_name}. "
            f"Of it {_span(run.home_low_pence, run.home_high_pence)} could come home"
            f"{_change(run.home_high_pence, run.total_pence)}.{stale}",
            "Probability is that of the enterprise, or of the consortium, that could do the work. It is no promise.",
        ),
        tables=(sums, rows) if rows.rows else (sums,),
    )


def _span(low: int, high: int) -> str:
    return pounds(low) if low == high else f"{pounds(low)} to {pounds(high)}"


def _change(home: int, total: int) -> str:
    return f", at most {percent(home / total)} of the year’s money" if total > 0 else ""


def _rows(of: int) -> list[ShiftRow]:
    could_move = shift_parts.rows_that_left(of, can_move=True)
    return list(db.session.scalars(could_move.where(ShiftRow.has_candidate.is_(True)).limit(MOST_SHIFTS)))


def _what(row: ShiftRow) -> str:
    return row.category or next(iter(row.descriptions), "") or "No category given"


def _whom(row: ShiftRow) -> str:
    """A person's name stays out of reports."""
    return "A person" if row.rule == "person" or row.payee.state == "person" else row.payee.called
