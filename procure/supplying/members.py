"""The members of a support network."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from sqlalchemy import not_
from wtforms import RadioField
from wtforms.validators import InputRequired

from ..extensions import db
from ..models import Capability, Enterprise, Organisation
from ..pages.forms import Line, Paragraph, ProcureForm
from ..pages.guards import actor
from ..pages.identity import Address
from ..pages.listing import Choice, Column, Listing
from ..services.enterprises import enterprises, profiles
from ..services.enterprises.enterprises import QUESTIONS
from ..services.networks import member_files, networks
from ..services.networks.networks import NO_FIT
from ..services.payees import payee_checks
from ..services.ranking import matches
from .answers import answers_of
from .blueprint import journey, network_people
from .forms import whole_postcode

PRIVATE_QUESTIONS = (4, 5, 6)
MOST_SHOWN = 10


class MemberForm(ProcureForm):
    """What a network must know to register one member; the member says the rest."""

    name = Line("Name of the enterprise", validators=(InputRequired("Enter the name of the enterprise"),))
    legal_form = RadioField(
        "Legal form",
        widget=GovRadioInput(),
        choices=profiles.FORM_WORDS,
        validators=[InputRequired("Choose the legal form")],
    )
    postcode = Line("Postcode", most=10, validators=(InputRequired("Enter the postcode"),))
    does = Paragraph(
        "What they do, one thing a line", most=2000, validators=(InputRequired("Name at least one thing they do"),)
    )
    contact_email = Address("Email address of somebody at the enterprise")

    def validate_postcode(self, field: Line) -> None:
        field.data = whole_postcode(field.data)

    @property
    def statements(self) -> list[str]:
        lines = [" ".join(line.split())[:300] for line in (self.does.data or "").splitlines()]
        return [line for line in lines if line][: profiles.MOST_CAPABILITIES]


class ClaimForm(ProcureForm):
    email = Address("Email address of somebody at the enterprise")


@journey.route("/members")
@network_people
def list_members() -> ResponseReturnValue:
    network_id = actor().acting_for
    counts = networks.counts_of(network_id)
    fits = (
        networks.fitting_lots(db.session.scalars(networks.members_of(network_id)).unique()) if counts["members"] else {}
    )
    listing = Listing(
        name="our-members",
        query=networks.members_of(network_id),
        columns=(
            Column(
                "name",
                "Enterprise",
                lambda one: one.organisation.name,
                sort=Organisation.name,
                link=lambda one: url_for(".show_member", organisation_id=one.organisation_id),
            ),
            Column("form", "Legal form", lambda one: profiles.FORM_WORDS.get(one.legal_form, one.legal_form)),
            Column("answered", "Questions answered", lambda one: one.answered, sort=Enterprise.answered, show="count"),
            Column("claimed", "Who speaks for it", _speaks_for),
            Column("lots", "Lots that fit", lambda one: fits.get(one.organisation_id, NO_FIT).lots, show="count"),
            Column("best", "Best lot", lambda one: _best(fits.get(one.organisation_id, NO_FIT))),
            Column("changed", "Changed", lambda one: one.updated_at, sort=Enterprise.updated_at, show="day"),
        ),
        search_in=(Organisation.name, Enterprise.summary),
        default_sort="name",
        choices={
            "profile": Choice(
                "Profile",
                {
                    "gaps": ("With gaps", Enterprise.answered < QUESTIONS),
                    "complete": ("Complete", Enterprise.answered >= QUESTIONS),
                },
            ),
            "speaks": Choice(
                "Who speaks for it",
                {
                    "us": ("We do", Enterprise.claimed_at.is_(None)),
                    "itself": ("Itself", not_(Enterprise.claimed_at.is_(None))),
                },
            ),
        },
    )
    page = listing.answer()
    if isinstance(page, Response):
        return page
    waiting = member_files.waiting_for(network_id)
    return render_template("supplying/members.html", page=page, counts=counts, waiting=waiting)


def _speaks_for(enterprise: Enterprise) -> str:
    return "Itself" if enterprise.claimed_at else "We do"


def _best(fitting: networks.Fitting) -> str | None:
    return fitting.best.title if fitting.best else None


@journey.route("/members/new", methods=["GET", "POST"])
@network_people
def register_member() -> ResponseReturnValue:
    form = MemberForm()
    if form.validate_on_submit():
        known = networks.known_already(form.name.data, form.postcode.data, (None, None))
        if known is None:
            member = networks.register_member(
                form.name.data,
                form.postcode.data,
                by=actor(),
                legal_form=form.legal_form.data,
                summary="; ".join(form.statements),
                capabilities=[Capability(statement=statement) for statement in form.statements],
                contact_email=form.contact_email.data,
                answered=2,
            )
            db.session.commit()
            payee_checks.wake_waiting()
            flash(f"{member.organisation.name} is registered. Invite its people to take the profile over.", "success")
            return redirect(url_for(".show_member", organisation_id=member.organisation_id))
        form.name.errors = [f"{known}. Look it up, or check the name"]
    return render_template("supplying/register_member.html", form=form)


@journey.route("/members/<id:organisation_id>")
@network_people
def show_member(organisation_id: int) -> ResponseReturnValue:
    member = networks.find_member(organisation_id, of=actor().acting_for)
    is_private = member.claimed_at is not None and member.shares_details_at is None
    answers = [
        one
        for one in answers_of(member, profiles.TITLES_OF_ANOTHER)
        if not (is_private and one.number in PRIVATE_QUESTIONS)
    ]
    fits = [one for one in matches.matches_for(member) if one.fits] if member.capabilities or member.summary else []
    form = ClaimForm()
    form.email.data = member.contact_email
    return render_template(
        "supplying/member.html",
        member=member,
        answers=answers,
        is_private=is_private,
        missing=profiles.TITLES_OF_ANOTHER[member.answered :],
        fits=fits[:MOST_SHOWN],
        fits_total=len(fits),
        can_invite=member.claimed_at is None and not enterprises.has_own_people(organisation_id),
        waiting=networks.is_waiting(member),
        form=form,
    )


@journey.route("/members/<id:organisation_id>/invite", methods=["POST"])
@network_people
def invite_claim(organisation_id: int) -> ResponseReturnValue:
    member = networks.find_member(organisation_id, of=actor().acting_for)
    form = ClaimForm()
    if form.validate_on_submit():
        networks.invite_claim(organisation_id, form.email.data, by=actor())
        db.session.commit()
        flash(f"{member.organisation.name} is invited to take its profile over.", "success")
    else:
        flash("The invitation was not sent: enter an email address, like name@example.org.", "note")
    return redirect(url_for(".show_member", organisation_id=organisation_id))
