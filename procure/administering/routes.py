"""Looking after an installation and after an organisation's own people."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from ..extensions import db
from ..models import AuditEntry, Job, Organisation, OutgoingMail
from ..models.organisations import ROLES
from ..pages.guards import actor, installation_admins, who
from ..pages.listing import Column, Listing, Page
from ..services import mail as outgoing
from ..services.errors import ConflictError, RefusedError
from ..services.people import memberships, organisations
from .forms import InviteForm, OrganisationForm, describe_role
from .journey import journey

organisation_admins = who("anchor:admin", "enterprise:admin", "place:admin", "network:admin")


@journey.route("/organisations")
@installation_admins
def list_organisations() -> ResponseReturnValue:
    listing = Listing(
        "organisations",
        organisations.select_organisations(),
        [
            Column("name", "Name", lambda row: row[0].name, sort=Organisation.name, link=_organisation_page),
            Column("kinds", "Kinds", lambda row: ", ".join(row[0].kinds)),
            Column("people", "People", lambda row: row[1], show="count"),
            Column("state", "State", lambda row: "suspended" if row[0].suspended_at else "in use"),
        ],
        search_in=[Organisation.name],
    )
    return _show(listing, "organisations.html")


@journey.route("/organisations/new", methods=["GET", "POST"])
@installation_admins
def new_organisation() -> ResponseReturnValue:
    form = OrganisationForm()
    if form.validate_on_submit():
        try:
            organisation = organisations.add(form.name.data, form.kinds.data, form.sector.data, by=actor())
        except ConflictError as error:
            form.name.errors = [str(error)]
        except RefusedError as error:
            form.sector.errors = [str(error)]
        else:
            db.session.commit()
            flash("The organisation is added. Invite its first administrator.", "success")
            return redirect(url_for(".show_organisation", organisation_id=organisation.id))
    return render_template("administering/new_organisation.html", form=form)


@journey.route("/organisations/<id:organisation_id>", methods=["GET", "POST"])
@installation_admins
def show_organisation(organisation_id: int) -> ResponseReturnValue:
    """Its people, and an invitation for the next one."""
    organisation = organisations.find(organisation_id)
    form = _invite_form(organisation)
    if form.validate_on_submit():
        return _invite(organisation, form, url_for(".show_organisation", organisation_id=organisation_id))
    return _people_page(organisation, form, "administering/organisation.html")


@journey.route("/organisations/<id:organisation_id>/suspend", methods=["POST"])
@installation_admins
def suspend_organisation(organisation_id: int) -> ResponseReturnValue:
    organisations.suspend(organisations.find(organisation_id), by=actor())
    db.session.commit()
    flash("Suspended. Nobody can act for it until you restore it.", "success")
    return redirect(url_for(".show_organisation", organisation_id=organisation_id))


@journey.route("/organisations/<id:organisation_id>/restore", methods=["POST"])
@installation_admins
def restore_organisation(organisation_id: int) -> ResponseReturnValue:
    organisations.restore(organisations.find(organisation_id), by=actor())
    db.session.commit()
    flash("Restored. Its people can act for it again.", "success")
    return redirect(url_for(".show_organisation", organisation_id=organisation_id))


@journey.route("/people", methods=["GET", "POST"])
@organisation_admins
def list_people() -> ResponseReturnValue:
    """The people of the organisation acted for."""
    organisation = organisations.find(actor().acting_for)
    form = _invite_form(organisation)
    if form.validate_on_submit():
        return _invite(organisation, form, url_for(".list_people"))
    return _people_page(organisation, form, "administering/people.html")


@journey.route("/people/<id:membership_id>/end", methods=["POST"])
@organisation_admins
def end_membership(membership_id: int) -> ResponseReturnValue:
    memberships.end_membership(membership_id, by=actor())
    db.session.commit()
    flash("The role is taken away. It takes effect at once.", "success")
    return redirect(url_for(".list_people"))


@journey.route("/invitations/<id:invitation_id>/withdraw", methods=["POST"])
@organisation_admins
def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    organisations.revoke(invitation_id, of=actor().acting_for, by=actor())
    db.session.commit()
    flash("The invitation is withdrawn. Its link no longer works.", "success")
    return redirect(url_for(".list_people"))


@journey.route("/mail")
@installation_admins
def list_mail() -> ResponseReturnValue:
    listing = Listing(
        "outbox",
        organisations.select_mail(),
        [
            Column("created", "Written", lambda mail: mail.created_at, sort=OutgoingMail.created_at, show="moment"),
            Column("recipient", "To", lambda mail: mail.recipient, sort=OutgoingMail.recipient),
            Column("subject", "Subject", lambda mail: mail.subject, link=_mail_page),
            Column("state", "State", _mail_state),
        ],
        search_in=[OutgoingMail.recipient, OutgoingMail.subject],
    )
    return _show(listing, "mail.html")


@journey.route("/mail/<id:mail_id>")
@installation_admins
def show_mail(mail_id: int) -> ResponseReturnValue:
    mail = db.get_or_404(OutgoingMail, mail_id)
    return render_template("administering/one_mail.html", mail=mail, has_smtp=bool(current_app.config["SMTP_URL"]))


@journey.route("/mail/<id:mail_id>/again", methods=["POST"])
@installation_admins
def try_mail_again(mail_id: int) -> ResponseReturnValue:
    outgoing.try_again(db.get_or_404(OutgoingMail, mail_id), by=actor())
    db.session.commit()
    flash("We try to send this message again within a minute.", "success")
    return redirect(url_for(".show_mail", mail_id=mail_id))


@journey.route("/jobs")
@installation_admins
def list_jobs() -> ResponseReturnValue:
    listing = Listing(
        "jobs",
        organisations.select_jobs(),
        [
            Column("created", "Asked for", lambda row: row.created_at, sort=Job.created_at, show="moment"),
            Column("kind", "Kind", lambda row: row.kind, sort=Job.kind),
            Column("organisation", "Organisation", lambda row: row.name or "The installation", sort=Organisation.name),
            Column("state", "State", lambda row: row.state, sort=Job.state),
            Column("attempts", "Tries", lambda row: row.attempts, show="count"),
            Column("finished", "Finished", lambda row: row.finished_at, show="moment"),
        ],
        search_in=[Job.kind, Job.state, Organisation.name],
    )
    return _show(listing, "jobs.html")


@journey.route("/audit")
@installation_admins
def list_audit() -> ResponseReturnValue:
    listing = Listing(
        "audit",
        organisations.select_audit(),
        [
            Column("at", "When", lambda row: row.at, sort=AuditEntry.at, show="moment"),
            Column("who", "Who", lambda row: row[4] or "the system"),
            Column("organisation", "For", lambda row: row[5] or "", sort=Organisation.name),
            Column("action", "What", lambda row: row.action, sort=AuditEntry.action),
            Column("subject", "Which", lambda row: f"{row.subject_kind} {row.subject_id or ''}"),
        ],
        search_in=[AuditEntry.action, AuditEntry.subject_kind, Organisation.name],
    )
    return _show(listing, "audit.html")


def _show(listing: Listing, template: str) -> ResponseReturnValue:
    answer = listing.answer()
    return render_template(f"administering/{template}", page=answer) if isinstance(answer, Page) else answer


def _organisation_page(row: tuple[Organisation, int]) -> str:
    return url_for(".show_organisation", organisation_id=row[0].id)


def _mail_page(mail: OutgoingMail) -> str:
    return url_for(".show_mail", mail_id=mail.id)


def _mail_state(mail: OutgoingMail) -> str:
    if mail.sent_at:
        return "sent"
    if not mail.last_error:
        return "waiting"
    return "failed" if mail.attempts >= len(outgoing.WAITS) else "failed so far, tried again later"


def _invite_form(organisation: Organisation) -> InviteForm:
    form = InviteForm()
    form.role.choices = [
        SelectChoice(f"{kind}:{role}", describe_role(f"{kind}:{role}"))
        for kind in organisation.kinds
        for role in ROLES[kind]
    ]
    return form


def _invite(organisation: Organisation, form: InviteForm, back: str) -> ResponseReturnValue:
    kind, role = form.role.data.split(":")
    base_url = current_app.config["BASE_URL"]
    memberships.invite(organisation, form.email.data, kind, role, by=actor(), base_url=base_url)
    db.session.commit()
    flash(f"An invitation is on its way to {form.email.data}.", "success")
    return redirect(back)


def _people_page(organisation: Organisation, form: InviteForm, template: str) -> ResponseReturnValue:
    return render_template(
        template,
        organisation=organisation,
        form=form,
        memberships=organisations.people_of(organisation.id),
        invitations=organisations.open_invitations(organisation.id),
        asked=request.method == "POST",
    )
