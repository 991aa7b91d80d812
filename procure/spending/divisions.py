"""What an anchor's categories are counted under: by the engine, or by an officer's word, which can be taken back."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from ..extensions import db
from ..matching.categories.purchases import bought_under
from ..models import MonthlySpend
from ..pages.guards import actor, who
from ..pages.listing import Column, Listing
from ..services.errors import ConflictError, RefusedError
from ..services.shares import spend_divisions
from ..spend.cuts import NO_PURCHASE
from .division_forms import DivisionForm
from .forms import SeenForm
from .journey import ANCHOR, FINANCE, journey


@journey.route("/local-share/categories")
@who(*ANCHOR)
def list_divisions() -> ResponseReturnValue:
    me = actor()
    answer = _listing(me.acting_for, may_edit=me.may(*FINANCE)).answer()
    if isinstance(answer, Response):
        return answer
    return render_template("spending/divisions.html", page=answer, may_edit=me.may(*FINANCE))


def _listing(of: int, *, may_edit: bool) -> Listing:
    """The categories with their money; what each is counted under is worked out for the rows that are shown."""
    said = spend_divisions.standing(of)
    pence = func.sum(MonthlySpend.pence)

    def counted_under(row: Any) -> str:
        own = said.get(row.category)
        key = spend_divisions.key_said(own) if own else spend_divisions.engine_key(row.category)
        return spend_divisions.KINDS_OF_PURCHASE[key]

    def whose_word(row: Any) -> str:
        return "Your officer’s" if row.category in said else f"Procure’s: {bought_under(row.category).words}"

    def chance(row: Any) -> float | None:
        bought = bought_under(row.category)
        return None if row.category in said or bought.division is None else bought.chance

    def address(row: Any) -> str | None:
        return url_for(".set_division", category=row.category) if may_edit else None

    return Listing(
        name="kinds-of-purchase",
        query=select(MonthlySpend.category, pence.label("pence"), func.sum(MonthlySpend.payments).label("payments"))
        .where(MonthlySpend.organisation_id == of, MonthlySpend.category != "")
        .group_by(MonthlySpend.category)
        .order_by(MonthlySpend.category),
        columns=(
            Column("category", "Your category", lambda row: row.category, MonthlySpend.category, link=address),
            Column("pounds", "Pounds", lambda row: int(row.pence), pence, show="pounds"),
            Column("bought", "Counted under", counted_under),
            Column("word", "Whose word", whose_word),
            Column("chance", "Chance", chance, show="percent"),
        ),
        search_in=(MonthlySpend.category,),
        default_sort="-pounds",
    )


@journey.route("/local-share/categories/change", methods=["GET", "POST"])
@who(*FINANCE)
def set_division() -> ResponseReturnValue:
    me = actor()
    category = request.args.get("category", "").replace("\x00", "")
    if not spend_divisions.is_known(me.acting_for, category):
        abort(404)
    was = spend_divisions.standing(me.acting_for).get(category)
    form = DivisionForm(division=spend_divisions.key_said(was) if was else "", seen=str(was.id if was else 0))
    if form.validate_on_submit():
        told = form.division.data
        try:
            spend_divisions.correct(
                category,
                None if told == NO_PURCHASE else told,
                form.reason.data or "",
                seen=_seen(form.seen.data),
                by=me,
            )
            db.session.commit()
            flash("The kind of purchase is saved.", "success")
            return redirect(url_for(".list_divisions"))
        except ConflictError:
            raise
        except RefusedError as refusal:
            db.session.rollback()
            form.reason.errors = [str(refusal)]
    bought = bought_under(category)
    return render_template(
        "spending/division.html",
        form=form,
        category=category,
        was=was,
        said=spend_divisions.KINDS_OF_PURCHASE[spend_divisions.key_said(was)] if was else None,
        bought=bought,
        guess=spend_divisions.KINDS_OF_PURCHASE[bought.division] if bought.division else None,
    )


@journey.route("/local-share/categories/take-back", methods=["POST"])
@who(*FINANCE)
def take_back_division() -> ResponseReturnValue:
    form = SeenForm()
    if not form.validate_on_submit():
        abort(400)
    spend_divisions.take_back(_seen(form.seen.data), by=actor())
    db.session.commit()
    flash("Procure’s reading of the category counts again.", "success")
    return redirect(url_for(".list_divisions"))


def _seen(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
