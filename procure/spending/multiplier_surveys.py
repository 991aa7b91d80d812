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
from ..services import areas, multiplier, multiplier_answers, multiplier_letters, multiplier_surveys, payees
from ..services.multiplier import Party, Reading
from ..services.multiplier_letters import Asked
from ..services.multiplier_money import find_period, year_words
from ..services.multiplier_surveys import state_of
from ..spend import effect_of
from ..spend.kinds import PERSON
from .journey import FINANCE, READERS, journey
from .multiplier import chosen
from .multiplier_forms import AskForm, SeenVersionForm, ToldForm

HEADINGS = (
    "Supplier", "Paid", "Surely here", "Perhaps here besides", "Spent here again, least", "Spent here again, most",
    "Narrows LM3 by, least", "Narrows LM3 by, most", "State",
)  # fmt: skip


@journey.route("/lm3/suppliers")
@who(*READERS)
def list_respending() -> ResponseReturnValue:
    me = actor()
    area, period = chosen()
    reading = multiplier.read(me.acting_for, area, period)
    words = request.args.get("q", "")[:200]
    found = [party for party in _suppliers(reading) if words.casefold() in party.paid.name.casefold()]
    if kind := asked_kind():
        return send_table("lm3-suppliers", HEADINGS, _rows(found, reading), kind)
    pages = max(1, -(-len(found) // PAGE_ROWS))
    asked = request.args.get("page", "1")
    number = min(int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 8 else 1, pages) or 1
    return render_template(
        "spending/respending.html",
        reading=reading,
        rows=[(party, effect_of(party.recipient, reading.initial_pence)) for party in _page(found, number)],
        total=len(found),
        number=number,
        pages=pages,
        words=words,
        state_of=state_of,
        times=times,
        may_edit=me.may(*FINANCE),
    )


def _page(found: list[Party], number: int) -> list[Party]:
    return found[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]


def _suppliers(reading: Reading) -> list[Party]:
    """Those who received something here, or may have; people are left out. Those whose answer counts most first."""
    mine = [party for party in reading.parties if party.paid.kind.group != PERSON and party.recipient.most_pence > 0]
    return sorted(
        mine, key=lambda each: (-each.recipient.received_pence, -each.recipient.doubtful_pence, each.paid.name)
    )


def _rows(found: list[Party], reading: Reading) -> Iterator[list[Any]]:
    for party in found:
        one, effect = party.recipient, effect_of(party.recipient, reading.initial_pence)
        told = one.bounds if one.has_answered else (None, None)
        pounds = [pence / 100 for pence in (party.paid.share.total, one.received_pence, one.doubtful_pence)]
        yield [party.paid.name, *pounds, *told, round(effect.least, 6), round(effect.most, 6), state_of(party.survey)]


@journey.route("/lm3/suppliers/<id:payee_id>")
@who(*READERS)
def show_respending(payee_id: int) -> ResponseReturnValue:
    me = actor()
    payee = payees.find(payee_id, of=me.acting_for)
    if payee.merged_into_id:
        return redirect(_with_query(".show_respending", payee_id=payee.merged_into_id))
    area, period = chosen()
    reading = multiplier.read(me.acting_for, area, period)
    party = next((each for each in reading.parties if each.paid.payee_id == payee.id), None)
    survey = multiplier_surveys.of_payee(payee, area, period.year)
    history = multiplier_answers.history(survey) if survey else []
    return render_template(
        "spending/respending_of.html",
        payee=payee,
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
        flash(f"What {payee.name} told you is saved and counts.", "success")
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
    form = _button()
    base_url = current_app.config["BASE_URL"]
    asked = multiplier_surveys.remind(survey_id, seen=form.version, by=actor(), base_url=base_url)
    db.session.commit()
    payee_id, area, period = _back_to(asked.survey)
    return _asked(asked, payee_id, area, period)


@journey.route("/lm3/surveys/<id:survey_id>/withdraw", methods=["POST"])
@who(*FINANCE)
def withdraw_respending(survey_id: int) -> ResponseReturnValue:
    form = _button()
    survey = multiplier_surveys.withdraw(survey_id, seen=form.version, by=actor())
    db.session.commit()
    flash("The question is taken back. Its link no longer works. You can ask again.", "success")
    return _return_to(survey)


@journey.route("/lm3/answers/<id:answer_id>/undo", methods=["POST"])
@who(*FINANCE)
def undo_respending(answer_id: int) -> ResponseReturnValue:
    form = _button()
    survey = multiplier_answers.undo(answer_id, seen=form.version, by=actor())
    db.session.commit()
    flash("The answer is taken back. It no longer counts.", "success")
    return _return_to(survey)


@journey.route("/lm3/surveys/<id:survey_id>/erase", methods=["POST"])
@who(*FINANCE)
def erase_respending(survey_id: int) -> ResponseReturnValue:
    form = _button()
    survey = multiplier_answers.erase(survey_id, seen=form.version, by=actor())
    db.session.commit()
    flash("What they told is deleted.", "success")
    return _return_to(survey)


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


def _return_to(survey: RespendSurvey) -> ResponseReturnValue:
    payee_id, area, period = _back_to(survey)
    about: dict[str, Any] = {"area": area.id if area else None, "period": period}
    if payee_id is None:
        return redirect(url_for(".show_multiplier", **about))
    return redirect(url_for(".show_respending", payee_id=payee_id, **about))
