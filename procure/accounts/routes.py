"""Coming in: the start page, signing in and out, the first administrator, invitations and new passwords."""

from urllib.parse import urlsplit

from flask import abort, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from sqlalchemy import or_, select
from werkzeug.wrappers import Response

from .. import jobs
from ..config import SIGN_IN_GUESSES
from ..extensions import db, limiter
from ..models import Invitation, Job, Person
from ..pages.charts import share_bars
from ..pages.guards import actor, current_actor, everyone, remember_sign_in, signed_in
from ..services import audit
from ..services.errors import ConflictError, RefusedError
from ..services.people import accounts, memberships, passwords
from ..services.publishing import public_pages
from .forms import AcceptForm, AskResetForm, ChangePasswordForm, NewPasswordForm, SetUpForm, SignInForm
from .journey import journey

ON_SHOW = 6
UNKNOWN = "We do not know this email address and password. Check both and try again"


@journey.route("/")
@everyone
def start() -> ResponseReturnValue:
    if current_actor():
        return redirect(url_for(".home"))
    pages = [(page, public_pages.whole_of(page)) for page in public_pages.on_show(ON_SHOW)]
    return render_template(
        "accounts/start.html",
        is_new=not accounts.has_anybody(),
        pages=pages,
        chart=share_bars([(page.organisation.name, whole) for page, whole in pages]),
    )


@journey.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(SIGN_IN_GUESSES, methods=["POST"], key_func=get_remote_address, deduct_when=lambda r: _was_wrong(r))
@limiter.limit(
    SIGN_IN_GUESSES,
    methods=["POST"],
    key_func=lambda: "account " + request.form.get("email", "").strip().lower()[:254],
    deduct_when=lambda r: _was_wrong(r),
)
@everyone
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        person = accounts.check(form.email.data, form.password.data)
        if person is None:
            form.password.errors = [UNKNOWN]
            return render_template("accounts/sign_in.html", form=form), 401
        return _enter(person, local_path(request.args.get("next")))
    return render_template("accounts/sign_in.html", form=form)


@journey.route("/sign-out", methods=["POST"])
@everyone
def sign_out() -> ResponseReturnValue:
    if token := session.get("token"):
        accounts.sign_out(token)
        if leaving := current_actor():
            audit.note(leaving, "signed out", g.person)
        db.session.commit()
    session.clear()
    return redirect(url_for(".start"))


@journey.route("/set-up", methods=["GET", "POST"])
@everyone
def set_up() -> ResponseReturnValue:
    if accounts.has_anybody():
        abort(404)
    form = SetUpForm()
    if form.validate_on_submit() and _is_good(form, form.name.data, form.email.data):
        try:
            person = accounts.add_first_admin(form.name.data, form.email.data, form.password.data)
        except ConflictError:
            abort(404)
        return _enter(person, None)
    return render_template("accounts/set_up.html", form=form)


@journey.route("/home")
@signed_in
def home() -> ResponseReturnValue:
    """Send each to the page they live on."""
    me = actor()
    for permissions, endpoint in HOMES:
        if me.may(*permissions):
            return redirect(url_for(endpoint))
    return render_template("accounts/no_organisation.html")


HOMES = (
    (("installation:admin",), "administering.list_organisations"),
    (("anchor:finance", "anchor:viewer", "anchor:admin", "anchor:buyer"), "spending.home"),
    (("enterprise:member", "enterprise:admin"), "supplying.list_matches"),
    (("network:adviser", "network:admin"), "supplying.list_members"),
    (("place:viewer", "place:admin"), "monitoring.show_place"),
)


@journey.route("/organisations", methods=["GET", "POST"])
@signed_in
def choose_organisation() -> ResponseReturnValue:
    mine = memberships.memberships_of(g.person.id)
    if request.method == "POST":
        wanted = request.form.get("organisation", "")
        chosen = next((one.organisation for one in mine if str(one.organisation_id) == wanted), None)
        if chosen is None:
            abort(404)
        session["acting_for"] = chosen.id
        flash(f"You now act for {chosen.name}.", "success")
        return redirect(url_for(".home"))
    return render_template("accounts/choose_organisation.html", memberships=mine)


@journey.route("/invitations/<token>", methods=["GET", "POST"])
@everyone
def accept_invitation(token: str) -> ResponseReturnValue:
    invitation = usable_invitation(token)
    known = accounts.find_person(invitation.email)
    form = AcceptForm()
    if known is not None:
        return _join_known(invitation, known, form)
    if form.validate_on_submit() and _is_good(form, form.name.data, invitation.email, invitation.organisation.name):
        person = accounts.add_person(form.name.data, invitation.email, form.password.data)
        memberships.accept_invitation(invitation, person)
        return _enter(person, None)
    return render_template("accounts/accept.html", form=form, invitation=invitation)


def usable_invitation(token: str) -> Invitation:
    invitation = memberships.find_invitation(token)
    if invitation is None:
        abort(404, "This invitation was used, withdrawn or is more than 7 days old. Ask for a new one.")
    return invitation


def _join_known(invitation: Invitation, known: Person, form: AcceptForm) -> ResponseReturnValue:
    """Somebody with an account joins after signing in as the invited person."""
    me = current_actor()
    if me is None:
        flash("You have an account. Sign in to join.", "note")
        return redirect(url_for(".sign_in", next=request.path))
    if request.method == "POST":
        if me.person_id != known.id:
            raise RefusedError("This invitation was sent to another email address. Sign in with that one.")
        memberships.accept_invitation(invitation, known)
        db.session.commit()
        session["acting_for"] = invitation.organisation_id
        return redirect(url_for(".home"))
    return render_template("accounts/join.html", form=form, invitation=invitation)


@journey.route("/password", methods=["GET", "POST"])
@limiter.limit("5 per hour", methods=["POST"])
@everyone
def ask_reset() -> ResponseReturnValue:
    form = AskResetForm()
    if form.validate_on_submit():
        accounts.ask_reset(form.email.data, base_url=current_app.config["BASE_URL"])
        db.session.commit()
        return render_template("accounts/reset_asked.html")
    return render_template("accounts/ask_reset.html", form=form)


@journey.route("/password/new/<token>", methods=["GET", "POST"])
@everyone
def choose_password(token: str) -> ResponseReturnValue:
    person = accounts.person_of_reset(token)
    if person is None:
        abort(404)
    form = NewPasswordForm()
    if form.validate_on_submit() and _is_good(form, *accounts.names_near(person)):
        accounts.change_password(person, form.password.data)
        db.session.commit()
        session.clear()
        flash("Your password is changed. Sign in with the new one.", "success")
        return redirect(url_for(".sign_in"))
    return render_template("accounts/choose_password.html", form=form)


@journey.route("/account", methods=["GET", "POST"])
@signed_in
def show_account() -> ResponseReturnValue:
    form = ChangePasswordForm()
    person = g.person
    if form.validate_on_submit():
        if not passwords.is_right(form.current.data, person.password_hash):
            form.current.errors = ["This is not your current password"]
        elif _is_good(form, *accounts.names_near(person)):
            accounts.change_password(person, form.password.data)
            flash("Your password is changed. You are signed out everywhere else.", "success")
            return _enter(person, url_for(".show_account"))
    mine = memberships.memberships_of(person.id)
    return render_template("accounts/account.html", form=form, person=person, memberships=mine)


@journey.route("/jobs/<id:job_id>")
@signed_in
def show_job(job_id: int) -> ResponseReturnValue:
    """How far a job of the organisation, or of the installation, is, for the progress bar."""
    me = actor()
    is_mine = Job.organisation_id == (me.organisation_id or 0)
    if me.may(memberships.INSTALLATION):
        is_mine = or_(is_mine, Job.organisation_id.is_(None))
    job = db.session.scalar(select(Job).where(Job.id == job_id, is_mine))
    if job is None:
        abort(404)
    return {
        "state": job.state,
        "is_open": job.is_open,
        "done": job.progress_done,
        "total": job.progress_total,
        "words": jobs.say_progress(job),
    }


@journey.route("/help")
@everyone
def show_help() -> ResponseReturnValue:
    return render_template("accounts/help.html")


@journey.route("/privacy")
@everyone
def show_privacy() -> ResponseReturnValue:
    return render_template("accounts/privacy.html")


@journey.route("/accessibility")
@everyone
def show_accessibility() -> ResponseReturnValue:
    return render_template("accounts/accessibility.html")


def local_path(address: str | None) -> str | None:
    """An address of this site, or None: never somebody else's."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    if any(ord(mark) <= 32 or mark == "\\" for mark in address) or "%09" in address[:6] or "//" in address:
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


def _enter(person: Person, onward: str | None) -> Response:
    """Commit, start a new session, and go on."""
    token = accounts.sign_in(person)
    db.session.commit()
    remember_sign_in(token)
    return redirect(onward or url_for(".home"))


def _is_good(form: SetUpForm | AcceptForm | NewPasswordForm | ChangePasswordForm, *names: str) -> bool:
    """Whether the new password is good enough; says what is wrong with it on the form."""
    fault = passwords.fault_in(form.password.data, names=names)
    if fault:
        form.password.errors = [fault]
    return fault is None


def _was_wrong(response: Response) -> bool:
    return response.status_code == 401
