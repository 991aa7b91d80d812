"""Lots as an enterprise sees them: those that fit, one of them, and the answer to it."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..config import PAGE_ROWS
from ..extensions import db
from ..models import Consortium, Lot
from ..pages.downloads import asked_kind, send_table
from ..pages.filters import day, pounds
from ..pages.forms import Line, ProcureForm
from ..pages.guards import actor
from ..pages.listing import search_words
from ..services.consortia import consortia, waiting
from ..services.consortia.waiting import Waiting
from ..services.enterprises import enterprises, profiles
from ..services.lots import interests, outcomes
from ..services.ranking import matches, openings
from ..services.ranking.matches import LotMatch
from ..social_value import MEASURES
from .blueprint import enterprise_people, journey
from .marks import marked
from .workspace import PAGES

CAPACITY_QUESTION = 2
"""Where an enterprise says how much it can do."""
CARDS = min(20, PAGE_ROWS)
SHOWS: dict[str, tuple[str, Callable[[LotMatch], bool]]] = {
    "": ("Lots that fit", lambda one: one.fits and one.answer != "not_for_us"),
    "alone": ("You could do alone", lambda one: one.fits and one.is_alone and one.answer != "not_for_us"),
    "together": ("Need partners", lambda one: one.fits and not one.is_alone and one.answer != "not_for_us"),
    "invited": ("You are invited", lambda one: one.is_invited),
    "interested": ("You are interested", lambda one: one.answer == "interested"),
    "saved": ("Saved", lambda one: one.answer == "saved"),
    "not_for_us": ("Not for us", lambda one: one.answer == "not_for_us"),
    "all": ("Every open lot", lambda one: True),
}
ORDERS: dict[str, tuple[str, Callable[[LotMatch], Any]]] = {
    "": ("Best fit first", lambda one: 0),
    "deadline": ("Deadline first", lambda one: (one.lot.deadline_on is None, one.lot.deadline_on)),
    "value": ("Largest value first", lambda one: -(one.lot.value_pence or 0)),
}
HEADINGS = ("Lot", "Buyer", "Fit", "Probability", "Value", "Deadline", "Place", "Alone", "Your answer", "Gates open")


class AnswerForm(ProcureForm):
    """One answer to a lot; the buttons say which."""

    reason = Line("Why", most=300)


@journey.route("/lots")
@enterprise_people
def list_matches() -> ResponseReturnValue:
    enterprise = enterprises.find(actor().acting_for)
    everything = matches.matches_for(enterprise)
    chosen = _chosen(everything)
    if kind := asked_kind():
        return _download(chosen, kind)
    pages = max(1, -(-len(chosen) // CARDS))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "supplying/matches.html",
        enterprise=enterprise,
        cards=chosen[(number - 1) * CARDS : number * CARDS],
        total=len(chosen),
        open_lots=len(everything),
        number=number,
        pages=pages,
        shows=[(key, words, sum(map(test, everything))) for key, (words, test) in SHOWS.items()],
        orders=[(key, words) for key, (words, _) in ORDERS.items()],
        opening=openings.best_opening(everything),
        next_question=profiles.next_question(enterprise),
        outcomes=outcomes.outcomes_for(enterprise.organisation_id),
        invitations=[one for one in everything if one.is_invited and not one.answer],
        asked_to_join=_asked_to_join(enterprise.organisation_id),
        waiting=[(one, _where(one)) for one in waiting.waiting_for(enterprise.organisation_id)],
        marked=marked,
        url=_url,
    )


def _asked_to_join(organisation_id: int) -> list[Consortium]:
    """Consortia that wait for this enterprise to accept or say no."""
    return [
        one
        for one in consortia.rooms_of(organisation_id)
        if one.dissolved_at is None and consortia.membership_in(one, organisation_id).state == "invited"
    ]


def _where(one: Waiting) -> str:
    """The page where what waits is done."""
    if one.key == "capacity":
        return url_for(".answer_question", number=CAPACITY_QUESTION)
    return url_for(PAGES.get(one.key, ".show_workspace"), consortium_id=one.consortium.id)


def _chosen(everything: Sequence[LotMatch]) -> list[LotMatch]:
    """What the filters and the search box leave, in the order asked for."""
    test = SHOWS.get(request.args.get("show", ""), SHOWS[""])[1]
    order = ORDERS.get(request.args.get("sort", ""), ORDERS[""])[1]
    words = [word.casefold() for word in search_words()]
    found = [one for one in everything if test(one) and all(word in _text(one) for word in words)]
    return sorted(found, key=order)


def _text(one: LotMatch) -> str:
    lot = one.lot
    needs = " ".join(need.name for need in lot.needs)
    return f"{lot.title} {lot.description} {lot.organisation.name} {needs} {lot.postcode or ''}".casefold()


def _url(**changes: Any) -> str:
    kept = {key: value for key, value in {**request.args.to_dict(), **changes}.items() if value}
    return url_for(".list_matches", **kept)


def _download(chosen: Sequence[LotMatch], kind: str) -> Response:
    rows = (
        (
            one.lot.title,
            one.lot.organisation.name,
            one.fit,
            round(one.probability, 3) if one.signals else None,
            pounds(one.lot.value_pence),
            day(one.lot.deadline_on),
            one.lot.postcode,
            "yes" if one.is_alone else "no",
            one.answer.replace("_", " "),
            "; ".join(answer.sentence for answer in one.gates_open),
        )
        for one in chosen
    )
    return send_table("lots-for-you", HEADINGS, rows, kind)


@journey.route("/lots/<id:lot_id>")
@enterprise_people
def show_lot(lot_id: int) -> ResponseReturnValue:
    return _lot_page(matches.find_lot(lot_id), AnswerForm())


def _lot_page(lot: Lot, form: AnswerForm) -> str:
    enterprise = enterprises.find(actor().acting_for)
    match = matches.match_for(lot, enterprise)
    gates = [(answer, openings.how_to_get(gate, answer)) for gate, answer in zip(lot.gates, match.gates, strict=True)]
    mine = [one for one in consortia.rooms_of(actor().acting_for) if one.lot_id == lot.id and not one.dissolved_at]
    return render_template(
        "supplying/lot.html",
        lot=lot,
        match=match,
        gates=gates,
        consortia=mine,
        is_open=matches.takes_interest(lot),
        outcome=outcomes.outcome_of(lot, of=enterprise.organisation_id),
        shares=enterprise.registered_by_id is None or enterprise.shares_details_at is not None,
        measures=MEASURES,
        offered={one.measure: one.quantity for one in enterprise.offers},
        form=form,
        marked=marked,
    )


@journey.route("/lots/<id:lot_id>/answer", methods=["POST"])
@enterprise_people
def answer_lot(lot_id: int) -> ResponseReturnValue:
    form = AnswerForm()
    lot = matches.find_lot(lot_id)
    state = request.form.get("state", "")
    if not form.validate():
        return _lot_page(lot, form), 422
    if state == "not_for_us" and not form.reason.data:
        form.reason.errors = [NO_REASON]
        return _lot_page(lot, form), 422
    if state == "undo":
        interests.undo(lot, by=actor())
        flash("Your answer is taken back.", "success")
    else:
        interests.answer(lot, state, reason=form.reason.data or "", is_open=matches.takes_interest(lot), by=actor())
        flash(SAID[state], "success")
    db.session.commit()
    return redirect(url_for(".show_lot", lot_id=lot.id))


NO_REASON = "Say in a few words why this lot is not for you"
SAID = {
    "interested": "You are interested. The buyer sees that, and your turnover, insurance and contact.",
    "saved": "The lot is saved. Only you see that.",
    "not_for_us": "The lot is out of your list. You can take this back.",
}
