"""Coming in as an enterprise."""

from flask import flash, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db, limiter
from ..models import Person
from ..pages.guards import current_actor, everyone, remember_sign_in
from ..services.enterprises import enterprises
from ..services.errors import ConflictError
from ..services.payees import payee_checks
from ..services.people import accounts, passwords
from .blueprint import journey
from .forms import RegisterAnotherForm, RegisterForm

REGISTRATIONS = "30 per hour"
TAKEN = "We cannot make an account with this address. If it is yours, sign in or ask for a new password"


@journey.route("/register", methods=["GET", "POST"])
@limiter.limit(REGISTRATIONS, methods=["POST"])
@everyone
def register() -> ResponseReturnValue:
    if current_actor():
        return _register_another(g.person)
    form = RegisterForm()
    if form.validate_on_submit() and _is_good(form):
        try:
            person = accounts.add_person(form.name.data, form.email.data, form.password.data)
        except ConflictError:
            form.email.errors = [
                "We cannot make an account with this address. If it is yours, sign in or ask for a new password"
            ]
            return render_template("supplying/register.html", form=form), 409
        enterprises.register(form.enterprise.data, person)
        token = accounts.sign_in(person)
        db.session.commit()
        payee_checks.wake_waiting()
        remember_sign_in(token)
        return redirect(url_for(".answer_question", number=1))
    return render_template("supplying/register.html", form=form)


def _register_another(person: Person) -> ResponseReturnValue:
    form = RegisterAnotherForm()
    if form.validate_on_submit():
        enterprise = enterprises.register(form.enterprise.data, person)
        db.session.commit()
        payee_checks.wake_waiting()
        session["acting_for"] = enterprise.organisation_id
        flash(f"You now act for {enterprise.organisation.name}.", "success")
        return redirect(url_for(".answer_question", number=1))
    return render_template("supplying/register_another.html", form=form)


def _is_good(form: RegisterForm) -> bool:
    fault = passwords.fault_in(
        form.password.data, names=(form.name.data, form.email.data.split("@")[0], form.enterprise.data)
    )
    if fault:
        form.password.errors = [fault]
    return fault is None
