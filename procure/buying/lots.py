"""The pipeline of lots, one lot with everything proposed for it, and what may be done with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import case, select

from .. import jobs
from ..extensions import db
from ..models import Decision, Lot
from ..pages.downloads import asked_kind, send_table
from ..pages.filters import day
from ..pages.guards import actor
from ..pages.listing import Choice, Column, Listing
from ..rules import forming_alarm
from ..services.consortia import formed, teams
from ..services.law import regimes
from ..services.lots import decisions, tenders
from ..services.ranking import candidates, proposals
from ..services.reference.cpv import division_words, suggested_divisions
from . import candidate_list
from .blueprint import BUYERS, anchor_people, buyers, journey
from .words import DONE_WORDS, FORM_OF_CONSORTIUM, FORM_WORDS, GATE_WORDS, GRADE_WORDS, STATE_WORDS, likelihood

SHOWN_FIRST = 10
DONE = {
    "open": "The lot is open. Enterprises can see it, and we are looking for suppliers.",
    "close": "The lot is closed. You can open it again.",
    "withdraw": "The lot is withdrawn. Enterprises no longer see it. You can restore it as a draft.",
    "reopen": "The lot is open again.",
    "restore": "The lot is a draft again.",
}


@journey.route("/lots")
@anchor_people
def list_lots() -> ResponseReturnValue:
    listing = Listing(
        "lots",
        select(Lot)
        .where(Lot.organisation_id == actor().acting_for)
        .order_by(case((Lot.state.in_(tenders.CHANGEABLE), 0), else_=1), Lot.deadline_on.asc().nulls_last(), Lot.id),
        (
            Column("title", "Lot", lambda lot: lot.title, Lot.title, link=_address),
            Column("reference", "Reference", lambda lot: lot.reference, Lot.reference),
            Column("state", "State", lambda lot: STATE_WORDS[lot.state], Lot.state, tag=True),
            Column("value", "Value", lambda lot: lot.value_pence, Lot.value_pence, show="whole_pounds"),
            Column("deadline", "Deadline", lambda lot: lot.deadline_on, Lot.deadline_on, show="day"),
            Column("start", "Start by", _start_by, Lot.deadline_on),
            Column("likely", "Likely local suppliers", _likely, Lot.likely_local),
        ),
        search_in=(Lot.title, Lot.description, Lot.reference),
        choices={"state": Choice("State", {key: (said, Lot.state == key) for key, said in STATE_WORDS.items()})},
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template("buying/list_lots.html", page=answer, may_write=actor().may(*BUYERS))


def _address(lot: Lot) -> str:
    return url_for("buying.show_lot", lot_id=lot.id)


def _start_by(lot: Lot) -> str:
    """When a consortium should start to form; the download says it in the same words."""
    if lot.deadline_on is None or lot.state not in tenders.CHANGEABLE:
        return ""
    alarm = forming_alarm(lot.deadline_on, date.today())
    return day(alarm.start_by) + {"early": "", "soon": " (soon)", "late": " (late)", "over": " (over)"}[alarm.state]


def _likely(lot: Lot) -> str:
    if lot.likely_local is None:
        return "not looked yet"
    return "none – look wider" if lot.likely_local == 0 else str(lot.likely_local)


@journey.route("/lots/<id:lot_id>")
@anchor_people
def show_lot(lot_id: int) -> ResponseReturnValue:
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    found = candidates.candidates_for(lot)
    history = decisions.history(lot)
    names, team_names = _names(history), teams.names_of(history)
    return render_template(
        "buying/show_lot.html",
        lot=lot,
        job=tenders.open_job("propose", lot.id, of=actor().acting_for),
        candidates=candidates.first_of(found, SHOWN_FIRST),
        shown_first=SHOWN_FIRST,
        candidates_total=len(found),
        law=regimes.law_of(lot, on=date.today()),
        regime_words=regimes.REGIME_WORDS,
        teams=teams.teams_for(lot),
        formed=formed.formed_for(lot),
        dead_end=teams.dead_end(lot),
        asked=candidates.values_beside(lot, []),
        history=history,
        names=names,
        team_names=team_names,
        winner=_winner(lot, history, names, team_names),
        may_write=actor().may(*BUYERS),
        may_change=actor().may(*BUYERS) and lot.state in tenders.CHANGEABLE,
        may_decide=actor().may(*BUYERS) and lot.state in decisions.DECIDABLE,
        may_propose=actor().may(*BUYERS) and lot.state in proposals.PROPOSING,
        **_words(lot),
    )


@journey.route("/lots/<id:lot_id>/suppliers")
@anchor_people
def list_candidates(lot_id: int) -> ResponseReturnValue:
    """Everybody ranked for a lot, as searched and sorted, or the same as a file."""
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    found = candidates.candidates_for(lot)
    chosen = candidate_list.chosen(found)
    if kind := asked_kind():
        return send_table(f"suppliers-{lot.id}", CANDIDATE_HEADINGS, map(_candidate_cells, chosen), kind)
    return render_template(
        "buying/list_candidates.html",
        lot=lot,
        page=candidate_list.page_of(chosen),
        total=len(found),
        may_decide=actor().may(*BUYERS) and lot.state in decisions.DECIDABLE,
        **_words(lot),
    )


CANDIDATE_HEADINGS = (
    "Enterprise", "Kind", "How we know the kind", "Probability", "Miles", "Local", "Gates met", "Gates not met",
    "Gates expired", "Gates not known", "Why", "Missing", "Decision", "Reason",
)  # fmt: skip


def _candidate_cells(one: candidates.Candidate) -> tuple[Any, ...]:
    enterprise = one.enterprise
    return (
        enterprise.organisation.name,
        FORM_WORDS[enterprise.legal_form],
        GRADE_WORDS[enterprise.legal_form_grade],
        None if one.probability is None else round(one.probability, 3),
        None if one.miles is None else round(one.miles, 1),
        "Yes" if one.is_local else "No",
        *(one.gates_in(state) for state in ("met", "not_met", "expired", "unknown")),
        " ".join(f"{reason['sentence']}." for reason in one.reasons),
        " ".join(f"{sentence}." for sentence in one.partner.missing),
        DONE_WORDS[one.decision.action] if one.decision else "",
        one.decision.reason if one.decision else "",
    )


def _words(lot: Lot) -> dict[str, Any]:
    return {
        "state_words": STATE_WORDS,
        "form_words": FORM_WORDS,
        "grade_words": GRADE_WORDS,
        "gate_words": GATE_WORDS,
        "done_words": DONE_WORDS,
        "consortium_words": FORM_OF_CONSORTIUM,
        "likelihood": likelihood,
        "division": division_words(lot.cpv),
        "suggested": [] if lot.cpv else suggested_divisions(f"{lot.title} {lot.description}"),
    }


def _winner(
    lot: Lot, history: Sequence[Decision], names: Mapping[int, str], team_names: Mapping[int, str]
) -> str | None:
    """Whom the lot was awarded to: an enterprise, or a consortium with its members; None before that."""
    awards = [one for one in history if one.action == "award"] if lot.state == "awarded" else []
    for one in awards:
        if one.enterprise_id is None:
            return team_names.get(one.proposal_id or 0, "a consortium")
    return names.get(awards[0].enterprise_id or 0) if awards else None


def _names(history: Sequence[Decision]) -> dict[int, str]:
    """Names of the enterprises that were ever decided about, for the history."""
    ids = {one.enterprise_id for one in history if one.enterprise_id is not None}
    return {key: one.organisation.name for key, one in candidates.enterprises_of(ids).items()}


@journey.route("/lots/<id:lot_id>/proposals", methods=["POST"])
@buyers
def refresh_proposals(lot_id: int) -> ResponseReturnValue:
    job = proposals.refresh(lot_id, by=actor())
    db.session.commit()
    jobs.wake(job.id)
    return redirect(url_for(".show_lot", lot_id=lot_id))


@journey.route("/lots/<id:lot_id>/open", methods=["POST"])
@buyers
def open_lot(lot_id: int) -> ResponseReturnValue:
    return _move(lot_id, "open")


@journey.route("/lots/<id:lot_id>/close", methods=["POST"])
@buyers
def close_lot(lot_id: int) -> ResponseReturnValue:
    return _move(lot_id, "close")


@journey.route("/lots/<id:lot_id>/withdraw", methods=["POST"])
@buyers
def withdraw_lot(lot_id: int) -> ResponseReturnValue:
    return _move(lot_id, "withdraw")


@journey.route("/lots/<id:lot_id>/reopen", methods=["POST"])
@buyers
def reopen_lot(lot_id: int) -> ResponseReturnValue:
    """Undo closing."""
    return _move(lot_id, "reopen")


@journey.route("/lots/<id:lot_id>/restore", methods=["POST"])
@buyers
def restore_lot(lot_id: int) -> ResponseReturnValue:
    """Undo withdrawing."""
    return _move(lot_id, "restore")


def _move(lot_id: int, move: str) -> ResponseReturnValue:
    job = tenders.move_lot(lot_id, move, by=actor())
    db.session.commit()
    if job is not None:
        jobs.wake(job.id)
    flash(DONE[move], "success")
    return redirect(url_for(".show_lot", lot_id=lot_id))
