"""The board report of an anchor: where its money goes, as far as it is known, and how that is known."""

from collections.abc import Sequence

from flask import current_app

from ...models import LocalArea
from ...papers import Column, Report, Section, Table
from ...papers.content import COUNT, PENCE
from ...papers.words import month, percent_range, pounds
from ...spend import Share
from ...spend.placing import SOURCES
from ..errors import RefusedError
from ..shares import areas, shares, spend_sums
from ..shares.shares import KeptShare
from . import public_figures, report_cuts, report_next
from .report_parts import MOST_BARS, methods, quarter_label, quarter_words, share_chart, share_table, state, today

NOTES = ("local-share", "payee-places", "lm3", "shift-list", "payees-settled")
NOTHING = "There is nothing to report yet: confirm a ledger, and say what local means"


def check(of: int) -> LocalArea:
    """The area a report would be about.

    errors  RefusedError where there is nothing to report
    """
    area = areas.headline(of)
    if area is None or not shares.confirmed_pence(of):
        raise RefusedError(NOTHING)
    return area


def content_of(of: int, name: str) -> Report:
    """Everything the report says, from what is stored now.

    errors  RefusedError where there is nothing to report
    """
    area = check(of)
    shape = areas.shape(area)
    found = shares.local_spend(of, shape)
    whole, months = found.whole, [first for first, _ in found.months]
    return Report(
        title=f"Where the money of {name} goes",
        organisation=name,
        made_on=today(),
        summary=f"{percent_range(whole.low, whole.high)} of {pounds(whole.total)} went to payees in {area.name}.",
        facts=(
            ("Local means", f"{area.name}: {public_figures.definition_words(area)}"),
            ("Period", f"{month(months[0])} to {month(months[-1])}"),
            ("Boundaries", public_figures.edition_words()),
            ("Made on", today()),
            *state(found.as_of),
        ),
        sections=(
            _short(found),
            _over_time(found),
            report_cuts.what_on(found),
            report_cuts.who_was_paid(found),
            report_cuts.few_or_many(found),
            _areas(of, area),
            _unplaced(of, found),
            report_cuts.left_out(of, found),
            report_next.turns(of, area),
            report_next.could_come_home(of),
            methods(
                "local-share",
                "payee-places",
                "lm3",
                "shift-list",
                "payees-settled",
                site=current_app.config["BASE_URL"],
            ),
        ),
    )


def _short(found: KeptShare) -> Section:
    whole = found.whole
    return Section(
        "In short",
        (
            f"Of {pounds(whole.total)} in {found.payments:,} payments, {pounds(whole.local)} is local, "
            f"{pounds(whole.elsewhere)} elsewhere, and {pounds(whole.unplaced)} cannot be placed.",
            "The share is a range, because the place of some payees is not known or not sure. At the low end none of "
            "that money is local; at the high end all of it is.",
        ),
    )


def _over_time(found: KeptShare) -> Section:
    quarters = [(quarter_words(first), share) for first, share in found.quarters]
    bars = [(quarter_label(first), share) for first, share in found.quarters]
    title = "Local share by quarter"
    return Section(
        "Over time",
        chart=share_chart(title, _trend(quarters), bars[-MOST_BARS:]),
        tables=(share_table(title, "Quarter", quarters, found.whole),),
    )


def _trend(quarters: Sequence[tuple[str, Share]]) -> str:
    """The first and the last quarter, for those who hear the chart."""
    said = [f"{name}: {percent_range(share.low, share.high)}" for name, share in (*quarters[:1], *quarters[1:][-1:])]
    return f"One bar a quarter, split into local, not placed and elsewhere. {'; '.join(said)}. The table has all."


def _areas(of: int, headline: LocalArea) -> Section:
    mine = areas.list_areas(of)
    shapes = [areas.shape(each) for each in mine]
    sums = spend_sums.sums_for_each(of, shapes)
    rows = [(area.name, KeptShare(of, shape, each).whole) for area, shape, each in zip(mine, shapes, sums, strict=True)]
    meant = Table(
        "How each area is defined",
        (Column("Area"), Column("Definition")),
        tuple((area.name, public_figures.definition_words(area)) for area in mine),
    )
    words = f"The figures of this report are about {headline.name}. Other areas that you mean by local stand beside it."
    table = share_table("Local share by area", "Area", rows, None)
    return Section("By each area you call local", (words,), tables=(table, meant))


def _unplaced(of: int, found: KeptShare) -> Section:
    number, pence = shares.pence_to_settle(of)
    rows = [
        (SOURCES[source] if source else "Nothing says where", share.total, share.doubtful)
        for source, share in found.sources
    ]
    table = Table(
        "What places the money",
        (Column("Placed by"), Column("Money", PENCE), Column("Of it uncertain", PENCE)),
        (*rows, ("Everything", found.whole.total, found.whole.doubtful)),
        ends_in_total=True,
    )
    waiting = Table("Payees to settle", (Column("What"), Column("Number", COUNT), Column("Money", PENCE)),
                    (("Payees that wait for an officer", number, pence),))  # fmt: skip
    return Section(
        "What is not placed, and what is uncertain",
        (
            f"{pounds(found.whole.unplaced)} is not placed. {pounds(found.whole.doubtful)} is placed at an office "
            "where many bodies are registered, and so uncertain. Both widen the range; neither is left out.",
        ),
        tables=(table, waiting),
    )
