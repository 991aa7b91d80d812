"""What the place authority calls its place."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.guards import actor, who
from ..services import areas
from ..services.errors import RefusedError
from .forms import AreaForm
from .journey import ADMINS, journey, my_area


@journey.route("/area", methods=["GET", "POST"])
@who(*ADMINS)
def edit_area() -> ResponseReturnValue:
    """What the place authority calls its place."""
    area = my_area()
    form = AreaForm(obj=area, districts=" ".join(area.outcodes) if area else "")
    if form.validate_on_submit():
        districts, _wrong = areas.read_districts(form.districts.data)
        try:
            areas.save(area.id if area else None, form.name.data, districts, is_headline=True, by=actor())
            db.session.commit()
            flash("Your place is saved.", "success")
            return redirect(url_for(".show_place"))
        except RefusedError as refusal:
            db.session.rollback()
            form.name.errors = [str(refusal)]
    return render_template("monitoring/area.html", form=form, area=area)
