"""Enterprises of the place and lots open to them, with those that cannot be placed."""

from collections.abc import Collection, Iterable
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from ..models import Enterprise, Lot, Organisation
from ..pages.guards import actor, who
from ..pages.listing import Choice, Column, Listing
from ..services.place import place_supply, watching
from ..services.place.place_supply import Based, Enterprises
from ..services.shares import areas
from .journey import PLACE, journey, my_area, no_area


@journey.route("/lots")
@who(*PLACE)
def list_open_lots() -> ResponseReturnValue:
    me = actor()
    area = my_area()
    if area is None:
        return no_area()
    buyers = [anchor.id for anchor in watching.agreed_anchors(me.acting_for)]
    found = place_supply.open_lots_of(areas.shape(area), buyers)
    listing = Listing(
        name="open-lots",
        query=place_supply.listed_lots(found),
        columns=_told(
            Column("title", "Lot", lambda row: row[0].title, Lot.title),
            Column("anchor", "Buyer", lambda row: row[1].name, Organisation.name),
            Column("value", "Value", lambda row: row[0].value_pence, Lot.value_pence, show="whole_pounds"),
            Column("deadline", "Answer by", lambda row: row[0].deadline_on, Lot.deadline_on, show="day"),
            Column("where", "Where", lambda row: row[0].postcode, Lot.postcode),
            Column("placed", "Placed", lambda row: PLACED[row[0].id in found.here]) if found.not_placed else None,
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
            ),
            **_placed(Lot.id, found.here, found.not_placed),
        },
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template("monitoring/lots.html", page=answer, area=area, found=found)


@journey.route("/enterprises")
@who(*PLACE)
def list_enterprises() -> ResponseReturnValue:
    area = my_area()
    if area is None:
        return no_area()
    supply = place_supply.enterprises_of(areas.shape(area))
    here = {each.organisation_id: each for each in supply.here}
    listing = Listing(
        name="enterprises-of-the-place",
        query=place_supply.listed_enterprises([*here, *supply.ids_not_placed]),
        columns=_told(
            Column("name", "Enterprise", lambda row: row[1].name, Organisation.name),
            Column("kind", "Kind", lambda row: place_supply.KINDS[row[0].legal_form], Enterprise.legal_form),
            Column(
                "grade", "Evidence of kind", lambda row: GRADES[row[0].legal_form_grade], Enterprise.legal_form_grade
            ),
            Column("postcode", "Postcode", lambda row: row[1].postcode, Organisation.postcode),
            Column("ward", "Ward", lambda row: _ward(supply, here.get(row[1].id))) if supply.ward_names else None,
            Column("placed", "Placed", lambda row: PLACED[row[1].id in here]) if supply.not_placed else None,
            Column("summary", "What it does", lambda row: row[0].summary),
        ),
        search_in=(Organisation.name, Enterprise.summary),
        default_sort="name",
        choices={
            "kind": Choice(
                "Kind", {form: (words, Enterprise.legal_form == form) for form, words in place_supply.KINDS.items()}
            ),
            "district": Choice("District", _districts(supply, area.outcodes)),
            **_placed(Organisation.id, here, supply.ids_not_placed),
        },
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template("monitoring/enterprises.html", page=answer, area=area, supply=supply)


GRADES = {"register": "On a public register", "declared": "Its own word", "inferred": "Inferred"}
PLACED = {True: "Here", False: "Not placed"}


def _told(*columns: Column | None) -> list[Column]:
    """Columns that have something to say."""
    return [column for column in columns if column is not None]


def _placed(column: Any, here: Iterable[int], not_placed: Collection[int]) -> dict[str, Choice]:
    """The choice between the two, where anything is not placed."""
    if not not_placed:
        return {}
    values = {
        "here": (PLACED[True], place_supply.among(column, here)),
        "not": (PLACED[False], place_supply.among(column, not_placed)),
    }
    return {"placed": Choice("Placed", values)}


def _districts(supply: Enterprises, outcodes: Iterable[str]) -> dict[str, tuple[str, ColumnElement[bool]]]:
    """Districts of the place and of its enterprises, with those based in each."""
    found: dict[str, list[int]] = {code: [] for code in outcodes}
    for each in supply.here:
        found.setdefault(each.district or "", []).append(each.organisation_id)
    return {code: (code, place_supply.among(Organisation.id, found[code])) for code in sorted(found)}


def _ward(supply: Enterprises, based: Based | None) -> str:
    return supply.ward_names.get(based.ward or "", "") if based else ""
