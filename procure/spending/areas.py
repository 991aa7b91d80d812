"""What this anchor means by local."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services import areas
from ..services.errors import RefusedError
from .forms import AreaForm
from .journey import ANCHOR, FINANCE, journey


@journey.route("/areas")
@who(*ANCHOR)
def list_areas() -> ResponseReturnValue:
    me = actor()
    return render_template("spending/areas.html", areas=areas.list_areas(me.acting_for), may_edit=me.may(*FINANCE))


@journey.route("/areas/new", methods=["GET", "POST"])
@who(*FINANCE)
def new_area() -> ResponseReturnValue:
    return _edit(None)


@journey.route("/areas/<id:area_id>", methods=["GET", "POST"])
@who(*FINANCE)
def edit_area(area_id: int) -> ResponseReturnValue:
    return _edit(area_id)


def _edit(area_id: int | None) -> ResponseReturnValue:
    area = areas.find(area_id, of=actor().acting_for) if area_id else None
    form = AreaForm(obj=area, districts=" ".join(area.outcodes) if area else "")
    if form.validate_on_submit():
        districts, _wrong = areas.read_districts(form.districts.data)
        try:
            areas.save(area_id, form.name.data, districts, is_headline=form.is_headline.data, by=actor())
            db.session.commit()
            flash("The area is saved.", "success")
            return redirect(url_for(".list_areas"))
        except RefusedError as refusal:
            db.session.rollback()
            form.name.errors = [str(refusal)]
    return render_template("spending/area.html", form=form, area=area)


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
