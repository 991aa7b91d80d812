"""Shortlisting, inviting and rejecting, with a reason; awarding; and everything that was decided."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import aliased
from wtforms import SelectChoice

from .. import jobs
from ..extensions import db
from ..models import Decision, Lot, Organisation, Person
from ..pages.guards import actor
from ..pages.listing import Choice, Column, Listing
from ..services.consortia import formed, teams
from ..services.lots import decisions, tenders
from ..services.lots.decisions import About
from .blueprint import anchor_people, buyers, journey
from .forms import AwardForm, DecisionForm
from .words import DONE_WORDS

GONE = "A consortium that is not kept any more"


@journey.route("/lots/<id:lot_id>/decide", methods=["POST"])
@buyers
def decide(lot_id: int) -> ResponseReturnValue:
    form = DecisionForm()
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    about = About(_number(form.enterprise.data), _number(form.proposal.data))
    if form.consortium.data:
        about = About(proposal_id=formed.proposal_of(lot, form.consortium.data).id)
    if (about.enterprise_id is None) == (about.proposal_id is None):
        abort(400)
    if not form.validate():
        return render_template("buying/decide.html", form=form, lot=lot), 422
    seen = _number(form.seen.data) or 0
    _, job = decisions.decide(lot_id, about, form.action.data, form.reason.data or "", by=actor(), seen=seen)
    db.session.commit()
    if job is not None:
        jobs.wake(job.id)
    flash(f"{DONE_WORDS[form.action.data]}. Your reason is kept with it.", "success")
    return redirect(url_for(".show_lot", lot_id=lot_id, _anchor="decisions"))


@journey.route("/lots/<id:lot_id>/award", methods=["GET", "POST"])
@buyers
def award_lot(lot_id: int) -> ResponseReturnValue:
    """Who won: one of those who were shortlisted or invited."""
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    form = AwardForm()
    form.winner.choices = _winners(lot)
    if form.validate_on_submit():
        kind, _, number = form.winner.data.partition("-")
        about = About(enterprise_id=int(number)) if kind == "enterprise" else About(proposal_id=int(number))
        decisions.award(lot_id, about, form.reason.data, by=actor())
        db.session.commit()
        flash("The lot is awarded.", "success")
        return redirect(url_for(".show_lot", lot_id=lot_id))
    return render_template("buying/award_lot.html", form=form, lot=lot)


def _winners(lot: Lot) -> list[SelectChoice]:
    """Enterprises and consortia whose standing decision is a shortlist or an invitation."""
    alone = [SelectChoice(f"enterprise-{key}", name) for key, name in decisions.favoured(lot)]
    together = [
        SelectChoice(f"proposal-{team.subject}", team.name)
        for team in teams.teams_for(lot)
        if len(team.members) > 1 and team.decision is not None and team.decision.action in decisions.FAVOURABLE
    ]
    joined = [
        SelectChoice(f"proposal-{one.subject}", f"{one.name}, formed by its members")
        for one in formed.formed_for(lot)
        if one.decision is not None and one.decision.action in decisions.FAVOURABLE
    ]
    known = {choice.value for choice in joined}
    return joined + [choice for choice in together if choice.value not in known] + alone


@journey.route("/decisions")
@anchor_people
def list_decisions() -> ResponseReturnValue:
    about = aliased(Organisation)
    consortia = teams.names_of(decisions.about_consortia(of=actor().acting_for))
    query = (
        select(Decision, Lot, about.name.label("about"), Person.name.label("person"))
        .join(Lot, Lot.id == Decision.lot_id)
        .outerjoin(about, about.id == Decision.enterprise_id)
        .outerjoin(Person, Person.id == Decision.person_id)
        .where(Decision.organisation_id == actor().acting_for)
        .order_by(Decision.id.desc())
    )
    listing = Listing(
        "decisions",
        query,
        (
            Column("when", "When", lambda row: row.Decision.decided_at, Decision.decided_at, show="moment"),
            Column(
                "lot",
                "Lot",
                lambda row: row.Lot.title,
                Lot.title,
                link=lambda row: url_for("buying.show_lot", lot_id=row.Lot.id),
            ),
            Column("action", "Decision", lambda row: DONE_WORDS[row.Decision.action], Decision.action, tag=True),
            Column(
                "about", "About", lambda row: row.about or consortia.get(row.Decision.proposal_id, GONE), about.name
            ),
            Column("reason", "Why", lambda row: row.Decision.reason),
            Column("person", "Who", lambda row: row.person or "Somebody who has left", Person.name),
        ),
        search_in=(Lot.title, about.name, Decision.reason, Person.name),
        default_sort="-when",
        choices={
            "action": Choice("Decision", {key: (said, Decision.action == key) for key, said in DONE_WORDS.items()})
        },
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template("buying/list_decisions.html", page=answer)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
