"""The law of a lot: which rules apply and why, for whom it may be reserved, and what is due when."""

from datetime import date
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select

from ..extensions import db
from ..models import LawfulAnswer, Lot, Person
from ..pages.guards import actor
from ..pages.listing import Choice, Column, Listing
from ..rules import edition
from ..services.law import forms_of_bidding, lawful_answers, regimes, reserving
from ..services.lots import tenders
from ..services.ranking import field
from .blueprint import BUYERS, anchor_people, buyers, journey
from .law_forms import FactsForm, HealthForm, LawForm, RegimeForm, ReservationForm
from .words import ABOUT_WORDS, GATE_WORDS

NOBODY = "none"


@journey.route("/lots/<id:lot_id>/law")
@anchor_people
def show_law(lot_id: int) -> ResponseReturnValue:
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    law = regimes.law_of(lot, on=date.today())
    around = field.field_of(lot)
    return render_template(
        "buying/law.html",
        lot=lot,
        law=law,
        field=around,
        options=reserving.options_for(lot, law, around),
        may_write=actor().may(*BUYERS),
        edition=edition(),
        today=date.today(),
        regime_words=regimes.REGIME_WORDS,
        buyer_words=regimes.BUYER_WORDS,
        contract_words=regimes.CONTRACT_WORDS,
    )


@journey.route("/lots/<id:lot_id>/law/facts", methods=["GET", "POST"])
@buyers
def answer_facts(lot_id: int) -> ResponseReturnValue:
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    law = regimes.law_of(lot, on=date.today())
    told = {True: "yes", False: "no"}
    form = FactsForm(
        contract=law.facts.contract,
        began_on=law.facts.began_on,
        has_vat=told[law.facts.has_vat],
        is_planned=told[law.facts.is_planned],
        seen=str(law.seen("facts")),
    )
    return _answer("buying/answer_facts.html", form, lot, law=law)


@journey.route("/lots/<id:lot_id>/law/health-care", methods=["GET", "POST"])
@buyers
def answer_health_care(lot_id: int) -> ResponseReturnValue:
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    law = regimes.law_of(lot, on=date.today())
    stands = law.answer("health_care")
    form = HealthForm(is_health=stands.answer if stands else None, seen=str(law.seen("health_care")))
    return _answer("buying/answer_health_care.html", form, lot, law=law)


@journey.route("/lots/<id:lot_id>/law/regime", methods=["GET", "POST"])
@buyers
def answer_regime(lot_id: int) -> ResponseReturnValue:
    """An officer decides otherwise than the rules say, with a reason; or goes back to what they say."""
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    law = regimes.law_of(lot, on=date.today())
    stands = law.answer("regime")
    form = RegimeForm(regime=stands.answer if stands else "found", seen=str(law.seen("regime")))
    return _answer("buying/answer_regime.html", form, lot, law=law)


@journey.route("/lots/<id:lot_id>/law/reservation", methods=["GET", "POST"])
@buyers
def answer_reservation(lot_id: int) -> ResponseReturnValue:
    """For whom the lot is reserved, if for anybody: only ways that are open to this buyer can be chosen."""
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    law = regimes.law_of(lot, on=date.today())
    options = reserving.options_for(lot, law, field.field_of(lot))
    stands = law.answer("reservation")
    form = ReservationForm(way=stands.answer if stands else None, seen=str(law.seen("reservation")))
    form.offer({NOBODY: "Everybody: it is not reserved", **reserving.words_of(options)})
    return _answer("buying/answer_reservation.html", form, lot, law=law, options=options)


@journey.route("/lots/<id:lot_id>/forms-of-bidding")
@anchor_people
def show_forms_of_bidding(lot_id: int) -> ResponseReturnValue:
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    page = forms_of_bidding.forms_page(lot, field.field_of(lot))
    law = regimes.law_of(lot, on=date.today())
    return render_template(
        "buying/forms_of_bidding.html", lot=lot, page=page, law=law, edition=edition(), gate_words=GATE_WORDS
    )


@journey.route("/lots/<id:lot_id>/reasons")
@anchor_people
def list_reasons(lot_id: int) -> ResponseReturnValue:
    """The reasons record of a lot: every answer about its law and gates, or the same as a file."""
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    listing = Listing(
        f"reasons-{lot.id}",
        _reasons(lot),
        (
            Column("when", "When", lambda row: row.LawfulAnswer.decided_at, LawfulAnswer.decided_at, show="moment"),
            Column("about", "About", _about, LawfulAnswer.about),
            Column("answer", "Answer", lambda row: row.LawfulAnswer.told),
            Column("reason", "Why", lambda row: row.LawfulAnswer.reason),
            Column("person", "Who", lambda row: row.person or "Somebody who has left", Person.name),
        ),
        search_in=(LawfulAnswer.told, LawfulAnswer.reason, LawfulAnswer.subject, Person.name),
        default_sort="-when",
        choices={
            "about": Choice("About", {key: (said, LawfulAnswer.about == key) for key, said in ABOUT_WORDS.items()})
        },
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template("buying/list_reasons.html", page=answer, lot=lot)


def _reasons(lot: Lot) -> Select[LawfulAnswer, str]:
    return (
        select(LawfulAnswer, Person.name.label("person"))
        .outerjoin(Person, Person.id == LawfulAnswer.person_id)
        .where(LawfulAnswer.lot_id == lot.id, LawfulAnswer.organisation_id == actor().acting_for)
        .order_by(LawfulAnswer.id.desc())
    )


def _about(row: Any) -> str:
    answer = row.LawfulAnswer
    return answer.subject.partition(": ")[2] or ABOUT_WORDS[answer.about]


def _answer(template: str, form: LawForm, lot: Lot, **facts: Any) -> ResponseReturnValue:
    """Keep what was answered and go back to the law of the lot; until then, ask."""
    if form.validate_on_submit():
        lawful_answers.keep(lot.id, form.given(), by=actor())
        db.session.commit()
        flash("Your answer is kept.", "success")
        return redirect(url_for(".show_law", lot_id=lot.id))
    page = render_template(template, form=form, lot=lot, **facts)
    return (page, 422) if form.is_submitted() else page
