"""What this anchor means by local."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..models import LocalArea
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services import area_words, areas, locations
from ..services.area_words import KINDS, LISTED_AS
from ..services.errors import RefusedError
from .area_forms import AreaForm
from .journey import ANCHOR, FINANCE, journey

MOST_NAMED = 60
"""More names than this are counted, not listed."""


@journey.route("/areas")
@who(*ANCHOR)
def list_areas() -> ResponseReturnValue:
    me = actor()
    mine = areas.list_areas(me.acting_for)
    return render_template(
        "spending/areas.html",
        areas=mine,
        shapes={area.id: areas.shape(area) for area in mine},
        kinds=KINDS,
        parts={area.id: parts_of(area) for area in mine},
        past={area.id: areas.past_of(area) for area in mine},
        shape=areas.shape,
        boundaries=locations.boundaries(),
        may_edit=me.may(*FINANCE),
    )


def parts_of(area: LocalArea) -> list[str]:
    """What an area is made of, by name where names are loaded."""
    if area.kind == "outcodes":
        return list(area.outcodes)
    codes = area.codes[:MOST_NAMED]
    names = area_words.names_of(codes)
    return [f"{names[code]} ({code})" if code in names else code for code in codes]


@journey.route("/areas/new", methods=["GET", "POST"])
@who(*FINANCE)
def new_area() -> ResponseReturnValue:
    return _edit(None)


@journey.route("/areas/<id:area_id>", methods=["GET", "POST"])
@who(*FINANCE)
def edit_area(area_id: int) -> ResponseReturnValue:
    return _edit(area_id)


@journey.route("/areas/search")
@who(*FINANCE)
def search_areas() -> ResponseReturnValue:
    """Names and codes to choose from, for a new area or one that is changed."""
    kind, words = request.args.get("kind", "wards"), request.args.get("q", "")
    kind = kind if kind in LISTED_AS else "wards"
    changed = request.args.get("area", "")
    return render_template(
        "spending/areas_search.html",
        kind=kind,
        words=words,
        found=area_words.search(kind, words),
        kinds={key: KINDS[key] for key in LISTED_AS},
        is_listed=area_words.is_listed(kind),
        area_id=int(changed) if changed.isascii() and changed.isdigit() and len(changed) < 10 else None,
    )


def _edit(area_id: int | None) -> ResponseReturnValue:
    area = areas.find(area_id, of=actor().acting_for) if area_id else None
    form = AreaForm(**_filled(area))
    if form.validate_on_submit():
        seen = form.seen.data or ""
        try:
            areas.define(
                area_id,
                form.wanted(),
                is_headline=form.is_headline.data,
                by=actor(),
                seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None,
            )
            db.session.commit()
            flash("The area is saved.", "success")
            return redirect(url_for(".list_areas"))
        except RefusedError as refusal:
            db.session.rollback()
            form.name.errors = [str(refusal)]
    return render_template("spending/area.html", form=form, area=area, boundaries=locations.boundaries())


def _filled(area: LocalArea | None) -> dict[str, object]:
    """What the form shows first: the area as it is, and names chosen by searching."""
    chosen = [code for code in request.args.getlist("code") if len(code) < 12][: area_words.MOST_CODES]
    kind = request.args.get("kind", "")
    if area is None:
        return {"kind": kind if kind in KINDS else "outcodes", "districts": "\n".join(chosen)}
    same = not kind or kind == area.kind
    codes = " ".join(area.outcodes) if area.kind == "outcodes" else "\n".join([*area.codes, *chosen])
    return {
        "name": area.name,
        "kind": area.kind if same else kind,
        "districts": codes if same else "\n".join(chosen),
        "site": area.site or "",
        "miles": "" if area.miles is None else f"{area.miles:g}",
        "counts_branches": area.counts_branches,
        "is_headline": area.is_headline,
        "seen": str(area.version),
    }


@journey.route("/areas/<id:area_id>/remove", methods=["POST"])
@who(*FINANCE)
def remove_area(area_id: int) -> ResponseReturnValue:
    form = ProcureForm()
    if not form.validate_on_submit():
        abort(400)
    area = areas.remove(area_id, by=actor())
    db.session.commit()
    flash(f"{area.name} is removed. No payment changed.", "success")
    return redirect(url_for(".list_areas"))
