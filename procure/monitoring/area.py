"""What the place authority calls its place, of any kind an area may be, with what it was before."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages import area_pages
from ..pages.area_forms import AreaForm, filled
from ..pages.guards import actor, who
from ..services.errors import RefusedError
from ..services.reference import locations
from ..services.shares import areas
from .journey import ADMINS, journey, my_area


@journey.route("/area", methods=["GET", "POST"])
@who(*ADMINS)
def edit_area() -> ResponseReturnValue:
    area = my_area()
    form = AreaForm(**filled(area))
    if form.validate_on_submit():
        was = area.version if area else None
        try:
            saved = areas.define(
                area.id if area else None, form.wanted(), is_headline=True, by=actor(), seen=form.seen_version
            )
            db.session.commit()
            is_another = was is not None and saved.version != was
            flash(CHANGED if is_another else "Your place is saved.", "success")
            return redirect(url_for(".show_place"))
        except RefusedError as refusal:
            db.session.rollback()
            form.name.errors = [str(refusal)]
    return render_template(
        "monitoring/area.html",
        form=form,
        area=area,
        parts=area_pages.parts_of(area) if area else [],
        past=areas.past_of(area) if area else [],
        shape=areas.shape,
        boundaries=locations.boundaries(),
    )


CHANGED = "Your place is saved. Anchors that showed you their figures are asked to agree again."


@journey.route("/area/search")
@who(*ADMINS)
def search_area() -> ResponseReturnValue:
    """Names and codes to choose from."""
    return render_template("areas/search.html", form_address=url_for(".edit_area"), area_id=None, **area_pages.search())
