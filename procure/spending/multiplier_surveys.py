"""Suppliers asked what they spend here: whom, what came back, and what an officer may do about it."""

from collections.abc import Iterator
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..config import PAGE_ROWS
from ..extensions import db
from ..models import LocalArea, RespendSurvey
from ..pages.downloads import asked_kind, send_table
from ..pages.guards import actor, who
from ..pages.intervals import times
from ..pages.respending import sums_of
from ..services.multiplier import multiplier, multiplier_answers, multiplier_letters, multiplier_surveys
from ..services.multiplier.multiplier import Party, Reading
from ..services.multiplier.multiplier_letters import Asked
from ..services.multiplier.multiplier_surveys import state_of
from ..services.payees import payee_suppliers, payees
from ..services.shares import areas
from ..services.shares.spend_periods import find_period, year_words
from ..spend import effect_of
from .journey import FINANCE, READERS, journey
from .multiplier import chosen
from .multiplier_forms import AskForm, SeenVersionForm, ToldForm
from .payees import IN_LEDGER

HEADINGS = (
    "Supplier", "Paid", "Surely here", "Perhaps here besides", "Spent here again, least", "Spent here again, most",
    "Narrows LM3 by, least", "Narrows LM3 by, most", "State", IN_LEDGER,
)  # fmt: skip


@journey.route("/lm3/suppliers")
@who(*READERS)
def list_respending() -> ResponseReturnValue:
    me = actor()
    area, period = chosen()
    reading = multiplier.read(me.acting_for, area, period)
    words = request.args.get("q", "")[:200]
    found = reading.suppliers_named(words) if words else None
    if kind := asked_kind():
        listed = reading.suppliers(1, reading.money.whole.suppliers) if found is None else found
        return send_table("lm3-suppliers", HEADINGS, _rows(listed, reading), kind)
    total = reading.money.whole.suppliers if found is None else len(found)
    pages = max(1, -(-total // PAGE_ROWS))
    asked = request.args.get("page", "1")
    number = min(int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 8 else 1, pages) or 1
    return render_template(
        "spending/respending.html",
        reading=reading,
        rows=[(party, effect_of(party.recipient, reading.initial_pence)) for party in _page(reading, found, number)],
        total=total,
        number=number,
        pages=pages,
        words=words,
        state_of=state_of,
        times=times,
        may_edit=me.may(*FINANCE),
    )


def _page(reading: Reading, found: list[Party] | None, number: int) -> list[Party]:
    """One page of those found, or of all suppliers where nothing was searched for."""
    first = (number - 1) * PAGE_ROWS
    return reading.suppliers(first + 1, PAGE_ROWS) if found is None else found[first : first + PAGE_ROWS]


def _rows(found: list[Party], reading: Reading) -> Iterator[list[Any]]:
    for party in found:
        one, effect = party.recipient, effect_of(party.recipient, reading.initial_pence)
        told = one.bounds if one.has_answered else (None, None)
        pounds = [pence / 100 for pence in (party.paid.pence, one.received_pence, one.doubtful_pence)]
        narrows = (round(effect.least, 6), round(effect.most, 6))
        yield [party.paid.name, *pounds, *told, *narrows, state_of(party.survey), party.paid.spelling or None]


@journey.route("/lm3/suppliers/<id:payee_id>")
@who(*READERS)
def show_respending(payee_id: int) -> ResponseReturnValue:
    me = actor()
    payee = payees.find(payee_id, of=me.acting_for)
    head = payee_suppliers.head_of(payee.id, of=me.acting_for)
    if head != payee.id:
        return redirect(_with_query(".show_respending", payee_id=head))
    area, period = chosen()
    reading = multiplier.read(me.acting_for, area, period)
    party = reading.party(payee.id)
    survey = multiplier_surveys.of_payee(payee, area, period.year)
    history = multiplier_answers.history(survey) if survey else []
    return render_template(
        "spending/respending_of.html",
        payee=payee,
        spelling=payee_suppliers.other_spelling(payee.called, payee.name),
        party=party,
        reading=reading,
        effect=effect_of(party.recipient, reading.initial_pence) if party else None,
        survey=survey,
        state=state_of(survey),
        is_of_this_area=survey is None or survey.area_key == areas.shape(area).key,
        year=year_words(period.year),
        history=[(answer, sums_of(multiplier_answers.spending(answer))[2][1]) for answer in history],
        standing=next((answer for answer in history if answer.undone_at is None), None),
        may_edit=me.may(*FINANCE),
    )


@journey.route("/lm3/suppliers/<id:payee_id>/ask", methods=["GET", "POST"])
@who(*FINANCE)
def ask_respending(payee_id: int) -> ResponseReturnValue:
    """The link is made and shown once; we keep only its digest."""
    me = actor()
    payee = payees.find(payee_id, of=me.acting_for)
    area, period = chosen()
    multiplier_surveys.refuse_to_ask(payee)
    survey = multiplier_surveys.of_payee(payee, area, period.year)
    form = AskForm(seen=str(survey.version if survey else 0))
    if form.validate_on_submit():
        asked = multiplier_surveys.ask(
            payee,
            area,
            period.year,
            email=form.email.data or None,
            seen=form.version,
            by=me,
            base_url=current_app.config["BASE_URL"],
        )
        db.session.commit()
        return _asked(asked, payee_id, area, period.code)
    return render_template(
        "spending/ask_respending.html",
        form=form,
        payee=payee,
        area=area,
        period=period,
        year=year_words(period.year),
        definition=multiplier_letters.words_of(area),
        life=multiplier_surveys.LINK_LIFE.days,
    )


def _asked(asked: Asked, payee_id: int | None, area: LocalArea | None, period: str | None) -> ResponseReturnValue:
    return render_template(
        "spending/asked_respending.html",
        supplier=multiplier_surveys.called(asked.survey),
        asked=asked,
        payee_id=payee_id,
        area=area,
        period=period,
        letter=multiplier_letters.letter(asked, actor()),
    )


@journey.route("/lm3/suppliers/<id:payee_id>/answer", methods=["GET", "POST"])
@who(*FINANCE)
def enter_respending(payee_id: int) -> ResponseReturnValue:
    """What a supplier told by phone or in a letter."""
    me = actor()
    payee = payees.find(payee_id, of=me.acting_for)
    area, period = chosen()
    multiplier_surveys.refuse_to_ask(payee)
    survey = multiplier_surveys.of_payee(payee, area, period.year)
    form = ToldForm(seen=str(survey.version if survey else 0))
    if form.validate_on_submit():
        multiplier_answers.answer_by_officer(
            payee, area, period.year, form.told, form.reason.data or "", seen=form.version, by=me
        )
        db.session.commit()
        flash(f"What {payee.called} told you is saved and counts.", "success")
        return redirect(url_for(".show_respending", payee_id=payee_id, area=area.id, period=period.code))
    return render_template(
        "spending/enter_respending.html",
        form=form,
        payee=payee,
        area=area,
        period=period,
        year=year_words(period.year),
        definition=multiplier_letters.words_of(area),
    )


@journey.route("/lm3/surveys/<id:survey_id>/remind", methods=["POST"])
@who(*FINANCE)
def remind_respending(survey_id: int) -> ResponseReturnValue:
    seen, base_url = _button().version, current_app.config["BASE_URL"]
    asked = multiplier_surveys.remind(survey_id, seen=seen, by=actor(), base_url=base_url)
    db.session.commit()
    payee_id, area, period = _back_to(asked.survey)
    return _asked(asked, payee_id, area, period)


@journey.route("/lm3/surveys/<id:survey_id>/withdraw", methods=["POST"])
@who(*FINANCE)
def withdraw_respending(survey_id: int) -> ResponseReturnValue:
    survey = multiplier_surveys.withdraw(survey_id, seen=_button().version, by=actor())
    db.session.commit()
    return _return_to(survey, "The question is taken back. Its link no longer works. You can ask again.")


@journey.route("/lm3/answers/<id:answer_id>/undo", methods=["POST"])
@who(*FINANCE)
def undo_respending(answer_id: int) -> ResponseReturnValue:
    survey = multiplier_answers.undo(answer_id, seen=_button().version, by=actor())
    db.session.commit()
    return _return_to(survey, "The answer is taken back. It no longer counts.")


@journey.route("/lm3/surveys/<id:survey_id>/erase", methods=["POST"])
@who(*FINANCE)
def erase_respending(survey_id: int) -> ResponseReturnValue:
    survey = multiplier_answers.erase(survey_id, seen=_button().version, by=actor())
    db.session.commit()
    return _return_to(survey, "What they told is deleted.")


def _with_query(endpoint: str, **values: Any) -> str:
    """The address of a page in the area and period of this one."""
    kept: dict[str, Any] = {name: request.args[name] for name in ("area", "period") if name in request.args}
    return url_for(endpoint, **values, **kept)


def _button() -> SeenVersionForm:
    form = SeenVersionForm()
    if not form.validate_on_submit():
        abort(400)
    return form


def _back_to(survey: RespendSurvey) -> tuple[int | None, LocalArea | None, str | None]:
    """The page of the payee a survey is about, in the period the person looked at."""
    of = actor().acting_for
    area = areas.find(survey.area_id, of=of) if survey.area_id else None
    period = find_period(request.args.get("period"), of=of)
    return multiplier_surveys.payee_of(survey), area, period.code if period else None


def _return_to(survey: RespendSurvey, words: str) -> ResponseReturnValue:
    flash(words, "success")
    payee_id, area, period = _back_to(survey)
    about: dict[str, Any] = {"area": area.id if area else None, "period": period}
    if payee_id is None:
        return redirect(url_for(".show_multiplier", **about))
    return redirect(url_for(".show_respending", payee_id=payee_id, **about))
