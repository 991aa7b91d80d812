"""The six questions and the profile they make."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..models import Enterprise
from ..pages.forms import ProcureForm, refuse_other_organisation
from ..pages.guards import actor
from ..services.enterprises import enterprises, profiles
from ..services.enterprises.profiles import CERTIFICATES, INSURANCES, Edit
from ..services.errors import ConflictError
from ..services.payees import payee_checks
from ..services.ranking import matches, openings
from .answers import answers_of
from .blueprint import enterprise_people, journey
from .forms import QuestionForm, ReachForm, WhereForm
from .questions import QUESTIONS, districts_near, suggestions_for


@journey.route("/question/<int:number>", methods=["GET", "POST"])
@enterprise_people
def answer_question(number: int) -> ResponseReturnValue:
    if not 1 <= number <= len(QUESTIONS):
        abort(404)
    enterprise = enterprises.find(actor().acting_for)
    if not profiles.may_open(enterprise, number):
        return redirect(url_for(".answer_question", number=enterprise.answered + 1))
    form = _open_form(number, enterprise)
    if "suggest" in request.form:
        return _page(number, form, enterprise)
    if form.validate_on_submit():
        was_complete = enterprise.is_complete
        try:
            QUESTIONS[number - 1].save(form, Edit(actor(), form.version.data or 0))
        except ConflictError as conflict:
            return _moved_on(number, form, str(conflict))
        db.session.commit()
        if number == 1:
            payee_checks.wake_waiting()
        return _onward(number, was_complete)
    return _page(number, form, enterprise)


def _open_form(number: int, enterprise: Enterprise) -> QuestionForm:
    question = QUESTIONS[number - 1]
    form = question.form()
    if isinstance(form, WhereForm):
        near = districts_near(enterprise.organisation.postcode)
        form.near.choices = {code: code for code in near}
    if not form.is_submitted():
        question.fill(form, enterprise)
        if isinstance(form, ReachForm) and enterprise.answered < number:
            _offer_own_details(form)
    return form


def _offer_own_details(form: ReachForm) -> None:
    """Most enterprises are reached through whoever registers them: they need not type themselves in again."""
    me = actor()
    form.contact_name.data = form.contact_name.data or me.name
    form.contact_email.data = form.contact_email.data or me.email


def _page(number: int, form: QuestionForm, enterprise: Enterprise, **more: object) -> str:
    return render_template(
        f"supplying/question_{number}.html",
        form=form,
        number=number,
        title=QUESTIONS[number - 1].title,
        enterprise=enterprise,
        version=enterprise.version,
        insurances=INSURANCES,
        certificates=CERTIFICATES,
        suggestions=suggestions_for(form),
        **more,
    )


def _moved_on(number: int, form: QuestionForm, why: str) -> ResponseReturnValue:
    """The page again with what was typed, beside what is saved now."""
    db.session.rollback()
    enterprise = enterprises.find(actor().acting_for)
    saved = [one for one in answers_of(enterprise) if one.number == number]
    return _page(number, form, enterprise, why=why, saved=saved[0] if saved else None), 409


def _onward(number: int, was_complete: bool) -> ResponseReturnValue:
    if "later" in request.form or was_complete:
        flash("Your answer is saved.", "success")
        return redirect(url_for(".show_profile"))
    if number < len(QUESTIONS):
        return redirect(url_for(".answer_question", number=number + 1))
    flash("Your profile is complete. These lots fit what you told us.", "success")
    return redirect(url_for(".list_matches"))


@journey.route("/profile")
@enterprise_people
def show_profile() -> ResponseReturnValue:
    enterprise = enterprises.find(actor().acting_for)
    return render_template(
        "supplying/profile.html",
        enterprise=enterprise,
        answers=answers_of(enterprise),
        next_question=profiles.next_question(enterprise),
        titles=profiles.TITLES,
        opening=openings.best_opening(matches.matches_for(enterprise)),
        form=ProcureForm(),
    )


@journey.route("/profile/take-over", methods=["POST"])
@enterprise_people
def take_over() -> ResponseReturnValue:
    refuse_other_organisation()
    enterprises.take_over(by=actor())
    db.session.commit()
    flash("The profile is now yours. Check each answer and change what is wrong.", "success")
    return redirect(url_for(".show_profile"))
