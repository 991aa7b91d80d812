"""The map of the place: pounds, enterprises or lots by postcode district, as circles with a table beside."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ..pages.downloads import asked_kind, send_table
from ..pages.guards import actor, who
from ..services.place import place_counts, place_detail, place_supply, watching
from ..services.shares import areas, spend_details
from .bubble_chart import draw_bubbles
from .journey import PLACE, journey, my_area, no_area, pounds

SHOWS = {"money": "Local money", "enterprises": "Enterprises", "lots": "Open lots"}


@journey.route("/map")
@who(*PLACE)
def show_map() -> ResponseReturnValue:
    me = actor()
    area = my_area()
    if area is None:
        return no_area()
    show = request.args.get("show", "")
    show = show if show in SHOWS else "money"
    detailed = watching.agreed_anchors(me.acting_for, ("detail",))
    shape = areas.shape(area)
    asked = [spend_details.detail_of(anchor.id, shape) for anchor in detailed] if show == "money" else []
    money = place_detail.money_by_district(asked)
    not_placed = 0
    if show == "money":
        rows = [(row.district, row.pence) for row in money.rows]
    elif show == "enterprises":
        supply = place_supply.enterprises_of(shape)
        rows, not_placed = supply.by_district, len(supply.not_placed)
    else:
        buyers = [anchor.id for anchor in watching.agreed_anchors(me.acting_for)]
        lots = place_supply.open_lots_of(shape, buyers)
        rows, not_placed = lots.by_district, len(lots.not_placed)
    kind = asked_kind()
    if kind:
        name, unit = ("money-by-district", "Pounds") if show == "money" else (f"{show}-by-district", SHOWS[show])
        lines = [[district, pounds(amount) if show == "money" else amount] for district, amount in rows]
        if show == "money" and money.other_districts:
            lines.append(["Kept back, several districts together", pounds(money.other_pence)])
        if not_placed:
            lines.append(["Not placed", not_placed])
        return send_table(name, ("District", unit), lines, kind)
    return render_template(
        "monitoring/map.html",
        area=area,
        show=show,
        shows=SHOWS,
        rows=rows,
        money=money,
        not_placed=not_placed,
        detailed=detailed,
        chart=draw_bubbles(rows, place_counts.centres_of([district for district, _ in rows])),
    )
