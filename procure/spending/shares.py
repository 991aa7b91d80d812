"""The local share: a range, because some money cannot be placed."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ..models import LocalArea
from ..pages.charts import share_bars
from ..pages.downloads import asked_kind, send_table
from ..pages.guards import actor, who
from ..services.reference import locations, reference
from ..services.shares import areas, shares, spend_sums, spend_vat
from ..services.shares.shares import KeptShare
from ..spend import Share
from .journey import ANCHOR, FINANCE, READERS, journey
from .share_words import BARS, CUT_PAGES, HEADINGS, cells, rows_of

SHOWN = {"months": "month", "categories": "category", "kinds": "kind", "sources": "source"}


def chosen_area(of: int) -> tuple[list[LocalArea], LocalArea | None]:
    """An organisation's areas, and the one the address names; else its headline."""
    mine = areas.list_areas(of)
    asked = next((each for each in mine if str(each.id) == request.args.get("area")), None)
    return mine, asked or (mine[0] if mine else None)


@journey.route("/local-share")
@who(*ANCHOR)
def show_local_share() -> ResponseReturnValue:
    me = actor()
    mine, area = chosen_area(me.acting_for)
    if area is None:
        return render_template("spending/no_area.html", may_edit=me.may(*FINANCE))
    shape = areas.shape(area)
    found = shares.local_spend(me.acting_for, shape)
    cuts = {table: (CUT_PAGES[cut], rows_of(found, cut)) for table, cut in SHOWN.items()}
    kind, table = asked_kind(), request.args.get("table")
    if kind and table in cuts:
        heading, rows = cuts[table]
        return send_table(
            f"local-share-by-{heading.lower().replace(' ', '-')}",
            (heading, *HEADINGS),
            map(cells, rows),
            kind,
            note=f"Local is {area.name}: {shape.definition}.",
        )
    months, categories = cuts["months"][1], cuts["categories"][1]
    return render_template(
        "spending/local_share.html",
        area=area,
        areas=mine,
        found=found,
        whole=found.whole,
        definition=shape.definition,
        needs_directory=shape.needs_directory,
        boundaries=locations.boundaries(),
        left_out=sum((share for _, share, _ in found.excluded), Share()).total,
        months=months,
        categories=categories,
        month_chart=share_bars(months[-BARS:]),
        category_chart=share_bars(categories[:BARS]),
        kinds=cuts["kinds"][1],
        sources=cuts["sources"][1],
        sme=_sme(found),
        doubtful=found.whole.doubtful,
        bars=BARS,
        cut_pages=CUT_PAGES,
        to_settle=shares.pence_to_settle(me.acting_for),
        vat_words=spend_vat.words(me.acting_for),
        has_registers=reference.has_registers(),
        may_edit=me.may(*FINANCE),
        may_read=me.may(*READERS),
    )


def _sme(found: KeptShare) -> dict[bool | None, int]:
    told = {key: share.total for key, share, _ in found.cut("sme")}
    return {True: told.get("yes", 0), False: told.get("no", 0), None: told.get("unknown", 0)}


@journey.route("/local-share/areas")
@who(*ANCHOR)
def compare_areas() -> ResponseReturnValue:
    """All of an anchor's areas side by side."""
    me = actor()
    mine = areas.list_areas(me.acting_for)
    shapes = [areas.shape(area) for area in mine]
    sums = spend_sums.sums_for_each(me.acting_for, shapes)
    found = [KeptShare(me.acting_for, shape, each) for shape, each in zip(shapes, sums, strict=True)]
    rows = [(area.name, share.whole) for area, share in zip(mine, found, strict=True)]
    kind = asked_kind()
    if kind:
        told = [[*cells(row)[:1], shape.definition, *cells(row)[1:]] for row, shape in zip(rows, shapes, strict=True)]
        return send_table("local-share-by-area", ("Area", "Definition", *HEADINGS), told, kind)
    return render_template(
        "spending/local_share_areas.html",
        rows=list(zip(mine, shapes, found, strict=True)),
        chart=share_bars(rows[:BARS]),
        boundaries=locations.boundaries(),
        may_edit=me.may(*FINANCE),
        cut_pages=CUT_PAGES,
        area=mine[0] if mine else None,
    )
