"""A supplier answers three questions at a link that only it was given. No account."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db, limiter
from ..models import Organisation, RespendSurvey
from ..pages.guards import everyone
from ..pages.respending import sums_of
from ..services.multiplier import multiplier_answers, multiplier_surveys
from ..services.shares.spend_periods import year_words
from .forms import SpendingForm

journey = Blueprint("surveying", __name__, url_prefix="/surveys")

READS, SENDS = "120 per hour", "30 per hour"


@journey.route("/<token>", methods=["GET", "POST"])
@limiter.limit(READS)
@limiter.limit(SENDS, methods=["POST"])
@everyone
def answer_survey(token: str) -> ResponseReturnValue:
    """The questions, the answers to check, and what was sent."""
    survey, asker = multiplier_surveys.find_by_link(token)
    form = SpendingForm()
    if not survey.is_open:
        return _page("surveying/closed.html", survey, asker)
    if request.method == "GET":
        return _opened(form, survey, asker)
    if not form.validate() or request.form.get("move") == "change":
        return _questions(form, survey, asker)
    if request.form.get("move") != "send":
        return _page("surveying/check.html", survey, asker, form=form, sums=sums_of(form.told), told=form.told)
    multiplier_answers.answer_by_link(survey, form.told, seen=form.version)
    db.session.commit()
    flash("Your answer is saved. Thank you.", "success")
    return redirect(url_for(".answer_survey", token=token))


@journey.route("/<token>/decline", methods=["POST"])
@limiter.limit(SENDS)
@everyone
def decline_survey(token: str) -> ResponseReturnValue:
    """The supplier would rather not answer; what it told before is erased."""
    survey, _ = multiplier_surveys.find_by_link(token)
    form = SpendingForm()
    multiplier_answers.decline(survey, seen=form.version)
    db.session.commit()
    return redirect(url_for(".answer_survey", token=token))


def _opened(form: SpendingForm, survey: RespendSurvey, asker: Organisation) -> ResponseReturnValue:
    """What a visitor finds: the questions, or what was said before."""
    standing = multiplier_answers.in_force([survey.id], of=survey.organisation_id).get(survey.id)
    form.fill(standing)
    form.seen.data = str(survey.version)
    if request.args.get("change") or survey.state == "asked":
        return _questions(form, survey, asker)
    if survey.state == "declined" or standing is None:
        return _page("surveying/declined.html", survey, asker, form=form)
    told = multiplier_answers.spending(standing)
    return _page("surveying/answered.html", survey, asker, form=form, told=told, sums=sums_of(told))


def _questions(form: SpendingForm, survey: RespendSurvey, asker: Organisation) -> ResponseReturnValue:
    return _page("surveying/questions.html", survey, asker, form=form)


def _page(template: str, survey: RespendSurvey, asker: Organisation, **facts: object) -> Response:
    page = render_template(
        template,
        survey=survey,
        asker=asker,
        supplier=multiplier_surveys.called(survey),
        year=year_words(survey.year),
        **facts,
    )
    answer = Response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
