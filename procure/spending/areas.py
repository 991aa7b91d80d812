"""What this anchor means by local."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages import area_pages
from ..pages.area_forms import filled
from ..pages.area_pages import parts_of
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services.errors import RefusedError
from ..services.reference import locations
from ..services.shares import areas
from ..services.shares.area_words import KINDS
from .area_forms import AreaForm
from .journey import ANCHOR, FINANCE, journey


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
    changed = request.args.get("area", "")
    number = int(changed) if changed.isascii() and changed.isdigit() and len(changed) < 10 else None
    form = url_for(".edit_area", area_id=number) if number else url_for(".new_area")
    return render_template("areas/search.html", form_address=form, area_id=number, **area_pages.search())


def _edit(area_id: int | None) -> ResponseReturnValue:
    area = areas.find(area_id, of=actor().acting_for) if area_id else None
    form = AreaForm(**filled(area))
    if form.validate_on_submit():
        try:
            areas.define(
                area_id,
                form.wanted(),
                is_headline=form.is_headline.data,
                by=actor(),
                seen=form.seen_version,
            )
            db.session.commit()
            flash("The area is saved.", "success")
            return redirect(url_for(".list_areas"))
        except RefusedError as refusal:
            db.session.rollback()
            form.name.errors = [str(refusal)]
    return render_template("spending/area.html", form=form, area=area, boundaries=locations.boundaries())


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
