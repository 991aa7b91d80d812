"""The same members for another lot: choose the lot, say whom to ask."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from sqlalchemy import case, literal
from sqlalchemy.orm import selectinload
from wtforms import SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired

from ..extensions import db
from ..models import Consortium, Enterprise, Lot, Organisation
from ..pages.forms import Line, Paragraph, ProcureForm
from ..pages.guards import actor
from ..pages.listing import Column, Listing
from ..services.consortia import consortia_again, consortia_flags, partnerships
from ..services.enterprises import enterprises, offers
from ..services.ranking import matches
from .blueprint import enterprise_people, journey


class AgainForm(ProcureForm):
    members = SelectMultipleField(
        "Whom do you ask?",
        widget=GovCheckboxesInput(),
        coerce=int,
        validators=[InputRequired("Choose at least one member to ask")],
    )
    name = Line("Name of the consortium", most=120, validators=(InputRequired("Enter a name"),))
    purpose = Paragraph("What you want to do together", most=1000)


@journey.route("/consortia/<id:consortium_id>/again")
@enterprise_people
def choose_another_lot(consortium_id: int) -> ResponseReturnValue:
    earlier = consortia_again.find(consortium_id, of=actor().acting_for)
    page = _lots(earlier).answer()
    if isinstance(page, Response):
        return page
    return render_template("supplying/another_lot.html", earlier=earlier, page=page)


@journey.route("/consortia/<id:consortium_id>/again/<id:lot_id>", methods=["GET", "POST"])
@enterprise_people
def bid_again(consortium_id: int, lot_id: int) -> ResponseReturnValue:
    mine = actor().acting_for
    earlier = consortia_again.find(consortium_id, of=mine)
    lot = consortia_again.find_lot(earlier, lot_id)
    form = _form(earlier)
    if form.validate_on_submit():
        said = (form.name.data, form.purpose.data or "", form.members.data)
        made = consortia_again.start(consortium_id, lot.id, *said, by=actor())
        db.session.commit()
        flash("The new bid is started and the members are invited. Each must accept again.", "success")
        return redirect(url_for(".show_consortium", consortium_id=made.id))
    cautions = consortia_flags.before_joining(lot, enterprises.find(mine))
    return render_template("supplying/bid_again.html", earlier=earlier, lot=lot, form=form, cautions=cautions)


def _form(earlier: Consortium) -> AgainForm:
    members = consortia_again.members_to_ask(earlier)
    everybody = [one.organisation_id for one in members]
    form = AgainForm(data={"name": earlier.name, "purpose": earlier.purpose, "members": everybody})
    form.members.choices = [SelectChoice(one.organisation_id, one.organisation.name) for one in members]
    return form


def _lots(earlier: Consortium) -> Listing:
    members = list(partnerships.partners_of(earlier).values())
    query = matches.select_open().where(Lot.id != earlier.lot_id).options(selectinload(Lot.needs))
    covered = {lot.id: _covered(lot, members) for lot in db.session.scalars(query)}
    shares = {key: int(100 * whole / needs) for key, (whole, needs) in covered.items() if whole}
    order = case(shares, value=Lot.id, else_=0) if shares else literal(0)
    return Listing(
        name="other-lots",
        query=query,
        columns=(
            Column("title", "Lot", lambda lot: lot.title, sort=Lot.title, link=_link_from(earlier)),
            Column("buyer", "Buyer", lambda lot: lot.organisation.name, sort=Organisation.name),
            Column("value", "Value", lambda lot: lot.value_pence, sort=Lot.value_pence, show="whole_pounds"),
            Column("deadline", "Answer by", lambda lot: lot.deadline_on, sort=Lot.deadline_on, show="day"),
            Column(
                "covered", "Needs you say you can cover", lambda lot: "{} of {}".format(*covered[lot.id]), sort=order
            ),
        ),
        search_in=(Lot.title, Lot.description, Organisation.name),
        default_sort="-covered",
    )


def _link_from(earlier: Consortium) -> Any:
    return lambda lot: url_for(".bid_again", consortium_id=earlier.id, lot_id=lot.id)


def _covered(lot: Lot, members: list[Enterprise]) -> tuple[int, int]:
    """Of how many needs the members together say they can do all, and how many needs there are."""
    whole = sum(sum(offers.units_for(need, one) for one in members) >= need.units for need in lot.needs)
    return whole, len(lot.needs)
