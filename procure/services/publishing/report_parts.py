"""Pieces that reports share: tables and charts of local shares, and the notes on method at their end."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ...papers import Chart, ChartBar, Column, Section, Table
from ...papers.content import PENCE, SHARE, Cell
from ...papers.words import day, percent_range
from ...spend import Share

LONDON = ZoneInfo("Europe/London")
MOST_BARS = 16
MOST_ROWS = 20
PARTS = (
    Column("Local", PENCE),
    Column("Elsewhere", PENCE),
    Column("Not placed", PENCE),
    Column("Total", PENCE),
    Column("Lowest", SHARE),
    Column("Highest", SHARE),
)
METHODS = {
    "local-share": "Each payment is local, elsewhere or not placed for the area in use. Low counts only what is surely "
    "local; high counts all that may be. The three parts add up to the total, to the penny.",
    "payee-places": "A payment is placed by the best evidence there is: the ledger line, a site that an officer "
    "declared, the enterprise’s own profile, the registered office.",
    "lm3": "LM3 is all local money of three rounds, divided by the first. Its bounds hold the true figure, whatever "
    "those say who have not told us yet.",
    "shift-list": "Every pound that left is looked at once: whether it can be moved, who here could earn it, and what "
    "the law lets the buyer do next.",
    "place-share": "Money shifted is local money now, less what would have been local of the same spending at the "
    "baseline’s share.",
    "disclosure": "A total over anchors is told only for three or more, and never so that one could be worked out.",
    "place-supply": "Enterprises and lots are placed by their own postcode, in the place as it was defined.",
    "payees-settled": "Payees are linked to registers by a machine where it is sure, and by officers where it is not.",
}
"""What the notes say of each document of docs/measures."""


def today() -> str:
    """The day in the United Kingdom, in words."""
    return day(datetime.now(LONDON).date())


def state(as_of: datetime | None) -> tuple[tuple[str, str], ...]:
    """The fact that says where figures are not yet those of today; no fact where they are.

    as_of  when they were worked out, where something changed since
    """
    if as_of is None:
        return ()
    return (("As of", f"{day(as_of.astimezone(LONDON).date())}. Something changed since; make the report again later"),)


def share_table(
    caption: str, first: str, rows: Sequence[tuple[str, Share]], whole: Share | None, columns: Sequence[Column] = PARTS
) -> Table:
    """One line a name, and everything in the last line where the whole is given."""
    lines = [*rows, *([("Everything", whole)] if whole else [])]
    return Table(
        caption,
        (Column(first), *columns),
        tuple((name, *_cells(share)) for name, share in lines),
        ends_in_total=whole is not None,
    )


def _cells(share: Share) -> tuple[Cell, ...]:
    return (share.local, share.elsewhere, share.unplaced, share.total, share.low, share.high)


def share_chart(title: str, description: str, rows: Iterable[tuple[str, Share]]) -> Chart:
    """Bars split into local, not placed and elsewhere."""
    return Chart(
        title,
        description,
        tuple(
            ChartBar(
                name,
                (("local", share.local), ("unplaced", share.unplaced), ("elsewhere", share.elsewhere)),
                percent_range(share.low, share.high),
            )
            for name, share in rows
        ),
    )


def largest(rows: Sequence[tuple[str, Share]], others: str) -> list[tuple[str, Share]]:
    """The lines with most money, and all the others as one: the sum stays the same."""
    if len(rows) <= MOST_ROWS:
        return list(rows)
    rest = sum((share for _, share in rows[MOST_ROWS:]), Share())
    return [*rows[:MOST_ROWS], (f"{others} ({len(rows) - MOST_ROWS:,})", rest)]


def quarter_words(first: date) -> str:
    """October to December 2025"""
    last = date(first.year, first.month + 2, 1)
    return f"{first:%B} to {last:%B %Y}"


def quarter_label(first: date) -> str:
    """Oct to Dec 2025: what fits beside a bar."""
    last = date(first.year, first.month + 2, 1)
    return f"{first:%b} to {last:%b %Y}"


def methods(*names: str, site: str) -> Section:
    """How the figures are worked out, with the address of each document."""
    points = tuple(f"{METHODS[name]} {site}/measures/{name}" for name in names)
    return Section(
        "How this is worked out", ("Each figure has a page of its own with method, source and example.",), points
    )
