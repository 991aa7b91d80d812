"""The local share: a range, because some money cannot be placed."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ..pages.charts import stacked_bars
from ..pages.downloads import asked_kind, send_table
from ..pages.filters import month, percent_range
from ..pages.guards import actor, who
from ..services import areas, payee_kinds, shares
from ..spend import Share
from ..spend.kinds import KINDS
from ..spend.placing import SOURCES
from .journey import ANCHOR, FINANCE, READERS, journey

BARS = 18
"""More bars than this cannot be read; the table has every row."""
LABEL = 21
"""Characters that fit beside a bar even where all are capitals."""
WHOSE_WORD = {"register": "register", "declared": "own word", "inferred": "name"}
HEADINGS = ("Local", "Elsewhere", "Not placed", "Placed but uncertain", "Local share, lowest", "Local share, highest")


@journey.route("/local-share")
@who(*ANCHOR)
def show_local_share() -> ResponseReturnValue:
    me = actor()
    mine = areas.list_areas(me.acting_for)
    area = next((each for each in mine if str(each.id) == request.args.get("area")), mine[0] if mine else None)
    if area is None:
        return render_template("spending/no_area.html", may_edit=me.may(*FINANCE))
    found = shares.local_spend(me.acting_for, areas.shape(area))
    months = [(month(first), share) for first, share in found.months]
    categories = [(name or "No category given", share) for name, share in found.categories]
    kinds = [(_kind(*key), share) for key, share in payee_kinds.shares_by_kind(me.acting_for, areas.shape(area))]
    sources = [(SOURCES[source] if source else "Nothing says where", share) for source, share in found.sources]
    cuts = {
        "months": ("Month", months),
        "categories": ("Category", categories),
        "kinds": ("Kind of payee", kinds),
        "sources": ("Placed by", sources),
    }
    kind, table = asked_kind(), request.args.get("table")
    if kind and table in cuts:
        heading, rows = cuts[table]
        return send_table(
            f"local-share-by-{heading.lower().replace(' ', '-')}",
            (heading, *HEADINGS),
            map(_cells, rows),
            kind,
            note=f"Local is {area.name}: {areas.shape(area).definition}.",
        )
    return render_template(
        "spending/local_share.html",
        area=area,
        areas=mine,
        found=found,
        whole=found.whole,
        definition=areas.shape(area).definition,
        months=months,
        categories=categories,
        month_chart=_chart(months[-BARS:]),
        category_chart=_chart(categories[:BARS]),
        kinds=kinds,
        sources=sources,
        sme=payee_kinds.sme_pence(me.acting_for),
        doubtful=found.whole.doubtful,
        bars=BARS,
        to_settle=shares.pence_to_settle(me.acting_for),
        may_edit=me.may(*FINANCE),
        may_read=me.may(*READERS),
    )


def _cells(row: tuple[str, Share]) -> list[Any]:
    """One line of the file: pounds, and shares from 0 to 1."""
    name, share = row
    pounds = [pence / 100 for pence in (share.local, share.elsewhere, share.unplaced, share.doubtful)]
    return [name, *pounds, share.low, share.high]


def _kind(group: str, grade: str | None) -> str:
    return f"{KINDS[group]} ({WHOSE_WORD[grade]})" if grade else KINDS[group]


def _chart(rows: Sequence[tuple[str, Share]]) -> Any:
    return stacked_bars(
        [
            (
                _short(name),
                (("local", share.local), ("unplaced", share.unplaced), ("elsewhere", share.elsewhere)),
                percent_range(share.low, share.high),
            )
            for name, share in rows
        ]
    )


def _short(name: str) -> str:
    """What fits beside a bar."""
    return name if len(name) <= LABEL else name[: LABEL - 1].rstrip() + "…"
