"""The local share cut one way: a chart, its table and its files; and the suppliers that got most."""

from datetime import date

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..config import PAGE_ROWS
from ..pages.charts import share_bars
from ..pages.downloads import asked_kind, send_table
from ..pages.guards import actor, who
from ..services.payees import payee_suppliers
from ..services.shares import areas, shares
from ..spend import Share
from ..spend.concentration import concentration
from .journey import ANCHOR, FINANCE, READERS, journey
from .payees import IN_LEDGER, WITHHELD
from .share_words import BARS, CUT_PAGES, HEADINGS, about_cut, cells, divided, rows_of, year_words, years_of
from .shares import chosen_area

MOST_SUPPLIERS = 300


@journey.route("/local-share/by/<cut>")
@who(*ANCHOR)
def show_share_cut(cut: str) -> ResponseReturnValue:
    if cut not in CUT_PAGES:
        abort(404)
    me = actor()
    mine, area = chosen_area(me.acting_for)
    if area is None:
        return render_template("spending/no_area.html", may_edit=me.may(*FINANCE))
    shape = areas.shape(area)
    found = shares.local_spend(me.acting_for, shape)
    years = years_of([month for month, _ in found.months])
    year = next((each for each in years if str(each) == request.args.get("year")), None)
    first, last = (date(year, 4, 1), date(year + 1, 3, 1)) if year else (None, None)
    rows = rows_of(found, cut, first, last)
    heading, kind = CUT_PAGES[cut], asked_kind()
    if kind:
        period = f" {year_words(year)}." if year else ""
        return send_table(
            f"local-share-by-{heading.lower().replace(' ', '-')}",
            (heading, *HEADINGS),
            map(cells, rows),
            kind,
            note=f"Local is {area.name}: {shape.definition}.{period}",
        )
    return render_template(
        "spending/local_share_cut.html",
        cut=cut,
        heading=heading,
        about=about_cut(cut),
        adds_up=divided(rows) if cut == "bought" and rows else "",
        area=area,
        areas=mine,
        found=found,
        definition=shape.definition,
        rows=rows,
        whole=sum((share for _, share in rows), Share()),
        chart=share_bars(rows[-BARS:] if cut == "month" else rows[:BARS]),
        bars=BARS,
        years=[(each, year_words(each)) for each in years],
        year=year,
        cut_pages=CUT_PAGES,
        may_read=me.may(*READERS),
    )


@journey.route("/local-share/suppliers")
@who(*READERS)
def show_share_suppliers() -> ResponseReturnValue:
    """The suppliers that got most, how much of the money they are, and how concentrated it is."""
    me = actor()
    mine, area = chosen_area(me.acting_for)
    if area is None:
        return render_template("spending/no_area.html", may_edit=me.may(*FINANCE))
    shape = areas.shape(area)
    found = shares.local_spend(me.acting_for, shape)
    lines = found.sums.largest("supplier", MOST_SUPPLIERS)
    told = payee_suppliers.names_of(me.acting_for, [int(key) for key, _, _ in lines])
    kind = asked_kind()
    is_withheld = {key: bool(kind) and told[int(key)].state == "person" for key, _, _ in lines}
    names = {key: WITHHELD if is_withheld[key] else told[int(key)].name for key, _, _ in lines}
    spellings = {key: "" if is_withheld[key] else told[int(key)].spelling for key, _, _ in lines}
    rows = [(place, names[key], share, payments) for place, (key, share, payments) in enumerate(lines, 1)]
    if kind:
        return send_table(
            "local-share-suppliers",
            ("Rank", "Supplier", *HEADINGS, "Payments", IN_LEDGER),
            (
                [place, *cells((name, share)), payments, spellings[lines[place - 1][0]] or None]
                for place, name, share, payments in rows
            ),
            kind,
            note=f"The {MOST_SUPPLIERS} suppliers with most money. Local is {area.name}: {shape.definition}.",
        )
    written = payee_suppliers.count_names(me.acting_for)
    words = request.args.get("q", "").strip()
    wanted = words.casefold()
    shown = [row for row in rows if any(wanted in name.casefold() for name in told[int(lines[row[0] - 1][0])][:2])]
    pages = max(1, -(-len(shown) // PAGE_ROWS))
    asked = request.args.get("page", "1")
    page = min(max(1, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1), pages)
    top = sum((share for _, _, share, _ in rows), Share())
    return render_template(
        "spending/local_share_suppliers.html",
        area=area,
        areas=mine,
        found=found,
        definition=shape.definition,
        rows=shown[(page - 1) * PAGE_ROWS : page * PAGE_ROWS],
        keys={place: key for place, (key, _, _) in enumerate(lines, 1)},
        spellings={place: spellings[key] for place, (key, _, _) in enumerate(lines, 1)},
        names={place: written[int(key)] for place, (key, _, _) in enumerate(lines, 1)},
        matching=len(shown),
        words=words,
        page=page,
        pages=pages,
        page_url=lambda number: url_for(".show_share_suppliers", area=area.id, q=words or None, page=number),
        top=top,
        most=MOST_SUPPLIERS,
        coverage=top.total / found.whole.total if found.whole.total > 0 else None,
        divided=concentration(found.sums.totals("supplier")),
        cut_pages=CUT_PAGES,
        may_read=True,
    )
