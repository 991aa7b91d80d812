"""Enterprises based in the place, and lots open to them."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import func

from ..models import Enterprise, Lot, Organisation
from ..pages.guards import actor, who
from ..pages.listing import Choice, Column, Listing
from ..services.place import places, watching
from .journey import PLACE, journey, my_area, no_area


@journey.route("/lots")
@who(*PLACE)
def list_open_lots() -> ResponseReturnValue:
    me = actor()
    area = my_area()
    if area is None:
        return no_area()
    anchors = [anchor.id for anchor in watching.agreed_anchors(me.acting_for)]
    listing = Listing(
        name="open-lots",
        query=places.open_lots(area.outcodes, anchors),
        columns=(
            Column("title", "Lot", lambda row: row[0].title, Lot.title),
            Column("anchor", "Buyer", lambda row: row[1].name, Organisation.name),
            Column("value", "Value", lambda row: row[0].value_pence, Lot.value_pence, show="whole_pounds"),
            Column("deadline", "Answer by", lambda row: row[0].deadline_on, Lot.deadline_on, show="day"),
            Column("where", "Where", lambda row: row[0].postcode, Lot.postcode),
            Column("local", "Likely local suppliers", lambda row: row[0].likely_local, Lot.likely_local, show="count"),
        ),
        search_in=(Lot.title, Lot.description, Organisation.name),
        default_sort="deadline",
        choices={
            "supply": Choice(
                "Local supply",
                {
                    "none": ("No likely local supplier", Lot.likely_local == 0),
                    "some": ("At least one", Lot.likely_local > 0),
                    "unknown": ("Not matched yet", Lot.likely_local.is_(None)),
                },
            )
        },
    )
    answer = listing.answer()
    return answer if isinstance(answer, Response) else render_template("monitoring/lots.html", page=answer, area=area)


@journey.route("/enterprises")
@who(*PLACE)
def list_enterprises() -> ResponseReturnValue:
    area = my_area()
    if area is None:
        return no_area()
    listing = Listing(
        name="enterprises-of-the-place",
        query=places.enterprises_in(area.outcodes),
        columns=(
            Column("name", "Enterprise", lambda row: row[1].name, Organisation.name),
            Column("kind", "Kind", lambda row: places.KINDS[row[0].legal_form], Enterprise.legal_form),
            Column(
                "grade", "Evidence of kind", lambda row: GRADES[row[0].legal_form_grade], Enterprise.legal_form_grade
            ),
            Column("postcode", "Postcode", lambda row: row[1].postcode, Organisation.postcode),
            Column("summary", "What it does", lambda row: row[0].summary),
        ),
        search_in=(Organisation.name, Enterprise.summary),
        default_sort="name",
        choices={
            "kind": Choice(
                "Kind", {form: (words, Enterprise.legal_form == form) for form, words in places.KINDS.items()}
            ),
            "district": Choice(
                "District",
                {code: (code, func.upper(Organisation.postcode).like(f"{code} %")) for code in sorted(area.outcodes)},
            ),
        },
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template("monitoring/enterprises.html", page=answer, area=area)


GRADES = {"register": "On a public register", "declared": "Its own word", "inferred": "Inferred"}
