"""Bidding together: the consortia of an enterprise."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from wtforms.validators import InputRequired

from ..extensions import db
from ..models import Consortium, ConsortiumMember, Lot
from ..pages.forms import Line, Paragraph, ProcureForm, WholeNumber, refuse_other_organisation
from ..pages.guards import actor
from ..pages.listing import search_words
from ..services.consortia import consortia, consortia_again, consortia_flags, partnerships
from ..services.enterprises import enterprises
from ..services.errors import NotFoundError
from ..services.lots import interests, outcomes
from ..services.ranking import matches
from .blueprint import enterprise_people, journey


class ConsortiumForm(ProcureForm):
    name = Line("Name of the consortium", most=120, validators=(InputRequired("Enter a name"),))
    purpose = Paragraph("What you want to do together", most=1000)


class InviteForm(ProcureForm):
    """Whom to ask; sent by a button beside the enterprise."""

    enterprise = WholeNumber("Enterprise", least=1)


@journey.route("/consortia")
@enterprise_people
def list_consortia() -> ResponseReturnValue:
    rooms = [
        (one, consortia.membership_in(one, actor().acting_for), _lot_of(one))
        for one in consortia.rooms_of(actor().acting_for)
    ]
    return render_template("supplying/consortia.html", rooms=rooms)


@journey.route("/consortia/new", methods=["GET", "POST"])
@enterprise_people
def new_consortium() -> ResponseReturnValue:
    written = request.args.get("lot", "")
    is_number = written.isascii() and written.isdigit() and len(written) < 10
    lot = matches.find_lot(int(written)) if is_number else None
    form = ConsortiumForm()
    if form.validate_on_submit():
        made = consortia.form(form.name.data, form.purpose.data or "", lot_id=lot.id if lot else None, by=actor())
        db.session.commit()
        flash("Your consortium is formed. Now invite partners.", "success")
        return redirect(url_for(".show_consortium", consortium_id=made.id))
    mine = actor().acting_for
    return render_template(
        "supplying/new_consortium.html",
        form=form,
        lot=lot,
        cautions=consortia_flags.before_joining(lot, enterprises.find(mine)) if lot else (),
        led_before=consortia_again.led_before(mine, besides=lot.id) if lot else (),
    )


@journey.route("/consortia/<id:consortium_id>")
@enterprise_people
def show_consortium(consortium_id: int) -> ResponseReturnValue:
    consortium = consortia.find(consortium_id, of=actor().acting_for)
    me = consortia.membership_in(consortium, actor().acting_for)
    lot = _lot_of(consortium)
    covered = partnerships.coverage(consortium, lot) if lot else ()
    leads = me.is_lead and consortium.dissolved_at is None
    is_open = lot is not None and matches.takes_interest(lot)
    words = search_words()
    return render_template(
        "supplying/consortium.html",
        consortium=consortium,
        me=me,
        leads=leads,
        lot=lot,
        outcome=outcomes.outcome_of(lot, of=actor().acting_for) if lot else None,
        covered=covered,
        gates=partnerships.joint_gates(consortium, lot) if lot else (),
        suggestions=partnerships.suggestions(consortium, lot, covered) if lot and leads and is_open else {},
        found=partnerships.search(words, consortium) if words and leads else [],
        searched=" ".join(words),
        states=consortia.STATE_WORDS,
        told=_told(consortium),
        is_taken_back=lot is None and consortium.lot_id is not None,
        may_start_again=consortia_again.may_start(consortium, me),
        earlier=consortia_again.earlier_of(consortium, of=actor().acting_for),
        later=consortia_again.later_of(consortium, of=actor().acting_for),
        cautions=_cautions(me, lot) if lot and is_open and not consortium.dissolved_at else (),
        is_open=is_open,
        form=InviteForm(),
    )


def _cautions(me: ConsortiumMember, lot: Lot) -> tuple[str, ...]:
    """What one who is only invited should know before it accepts; members read theirs in the workspace."""
    if me.state != "invited":
        return ()
    return consortia_flags.before_joining(lot, enterprises.find(me.organisation_id))


def _told(consortium: Consortium) -> bool:
    """Whether the actor told the buyer that it is interested with this consortium."""
    mine = interests.answers_of(actor().acting_for).get(consortium.lot_id or 0)
    return mine is not None and mine.state == "interested" and mine.consortium_id == consortium.id


def _lot_of(consortium: Consortium) -> Lot | None:
    """The lot in sight, while enterprises may see it."""
    try:
        return matches.find_lot(consortium.lot_id) if consortium.lot_id else None
    except NotFoundError:
        return None


@journey.route("/consortia/<id:consortium_id>/invite", methods=["POST"])
@enterprise_people
def invite_partner(consortium_id: int) -> ResponseReturnValue:
    form = InviteForm()
    if not form.validate() or form.enterprise.data is None:
        raise NotFound
    member = consortia.invite(consortium_id, form.enterprise.data, by=actor())
    name = member.organisation.name
    db.session.commit()
    flash(f"{name} is invited.", "success")
    return _back(consortium_id)


@journey.route("/consortia/<id:consortium_id>/accept", methods=["POST"])
@enterprise_people
def accept_consortium(consortium_id: int) -> ResponseReturnValue:
    return _change(consortia.accept, consortium_id, "You are now a member.")


@journey.route("/consortia/<id:consortium_id>/decline", methods=["POST"])
@enterprise_people
def decline_consortium(consortium_id: int) -> ResponseReturnValue:
    _change(consortia.decline, consortium_id, "You said no to this consortium.")
    return redirect(url_for(".list_consortia"))


@journey.route("/consortia/<id:consortium_id>/leave", methods=["POST"])
@enterprise_people
def leave_consortium(consortium_id: int) -> ResponseReturnValue:
    _change(consortia.leave, consortium_id, "You have left the consortium.")
    return redirect(url_for(".list_consortia"))


@journey.route("/consortia/<id:consortium_id>/members/<id:member_id>/remove", methods=["POST"])
@enterprise_people
def remove_member(consortium_id: int, member_id: int) -> ResponseReturnValue:
    return _change(
        consortia.remove_member, consortium_id, "The member is removed. You can invite them again.", member_id
    )


@journey.route("/consortia/<id:consortium_id>/members/<id:member_id>/lead", methods=["POST"])
@enterprise_people
def hand_over_consortium(consortium_id: int, member_id: int) -> ResponseReturnValue:
    return _change(consortia.hand_over, consortium_id, "You have handed over the lead.", member_id)


@journey.route("/consortia/<id:consortium_id>/dissolve", methods=["GET", "POST"])
@enterprise_people
def dissolve_consortium(consortium_id: int) -> ResponseReturnValue:
    if request.method == "POST":
        return _change(consortia.dissolve, consortium_id, "The consortium is dissolved.")
    consortium = consortia.find(consortium_id, of=actor().acting_for)
    return render_template("supplying/dissolve.html", consortium=consortium)


def _change(service: Callable[..., None], consortium_id: int, words: str, *more: Any) -> ResponseReturnValue:
    refuse_other_organisation()
    service(consortium_id, *more, by=actor())
    db.session.commit()
    flash(words, "success")
    return _back(consortium_id)


def _back(consortium_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_consortium", consortium_id=consortium_id))
