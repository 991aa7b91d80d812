"""What buyers decide about an enterprise or a proposed consortium: kept for good, the latest wins."""

from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select

from ...extensions import db
from ...models import Decision, Enterprise, Job, Lot, Membership, Organisation, Person, Proposal
from .. import audit, mail
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError
from .tenders import find_lot, move_lot, propose_later

DECIDABLE = frozenset({"open", "invited", "closed"})
DONE = {"shortlist": "shortlisted", "reject": "rejected", "invite": "invited", "award": "awarded", "undo": "undone"}
FAVOURABLE = frozenset({"shortlist", "invite"})
TOLD = frozenset({"invite", "award"})
"""What an enterprise is told of, and each partner of a consortium; a rejection stays with the buyer."""
MOST_REASON = 1_000


@dataclass(frozen=True)
class About:
    """Whom a decision is about: one enterprise, or one proposed consortium."""

    enterprise_id: int | None = None
    proposal_id: int | None = None


def decide(
    lot_id: int, about: About, action: str, reason: str, *, by: Actor, seen: int | None = None
) -> tuple[Decision, Job | None]:
    """Shortlist, reject, invite or award, or undo what stands.

    seen     id of the decision that stood when the person looked (0 where none did); None skips the check
    returns  the decision, and the job that proposes again where one was rejected or taken back from a rejection
    errors   NotFoundError, RefusedError, ConflictError where somebody was faster or it was done before
    """
    lot = _locked(lot_id, of=by.acting_for)
    if lot.state not in DECIDABLE:
        raise RefusedError(f"This lot is {lot.state}. Decisions can be made while it is open, invited or closed")
    if action != "undo" and not reason.strip():
        raise RefusedError("Say why, so that the decision can be understood later")
    name = _name_of(lot, about)
    standing = latest_about(lot, about)
    _check_race(standing, action, name, seen)
    decision = _keep(lot, about, action, reason, by=by)
    if about.proposal_id is not None:
        _follow_partners(lot, about.proposal_id, decision, standing, by=by)
    if action in TOLD and about.enterprise_id is not None:
        _tell(lot, decision)
    _follow_state(lot)
    changes_teams = about.enterprise_id is not None and "reject" in (action, standing.action if standing else None)
    return decision, propose_later(lot, by=by) if changes_teams else None


def award(lot_id: int, about: About, reason: str, *, by: Actor) -> Decision:
    """Award the lot to one enterprise or one proposed consortium; that ends it.

    errors  as for decide
    """
    decision, _ = decide(lot_id, about, "award", reason, by=by)
    move_lot(lot_id, "award", by=by)
    return decision


def latest_about(lot: Lot, about: About) -> Decision | None:
    """The decision that stands; an undone one does not, and an award is the end."""
    subject = (
        Decision.enterprise_id == about.enterprise_id
        if about.enterprise_id is not None
        else (Decision.proposal_id == about.proposal_id) & Decision.enterprise_id.is_(None)
    )
    return db.session.scalar(
        select(Decision)
        .where(Decision.lot_id == lot.id, Decision.organisation_id == lot.organisation_id, subject)
        .order_by(Decision.id.desc())
        .limit(1)
    )


def history(lot: Lot) -> list[Decision]:
    """Every decision for a lot, the newest first."""
    return list(
        db.session.scalars(
            select(Decision)
            .where(Decision.lot_id == lot.id, Decision.organisation_id == lot.organisation_id)
            .order_by(Decision.id.desc())
        )
    )


def about_consortia(*, of: int) -> list[Decision]:
    """Every decision of an anchor that is about a consortium as a whole."""
    return list(
        db.session.scalars(
            select(Decision)
            .where(Decision.organisation_id == of, Decision.enterprise_id.is_(None))
            .order_by(Decision.id)
        )
    )


def favoured(lot: Lot) -> list[tuple[int, str]]:
    """Enterprises that are shortlisted or invited by themselves, not as partners: id and name, by name."""
    latest: dict[int, Decision] = {}
    for decision in history(lot):
        if decision.enterprise_id is not None:
            latest.setdefault(decision.enterprise_id, decision)
    ids = [key for key, one in latest.items() if one.action in FAVOURABLE and one.proposal_id is None]
    named = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return [(key, name) for key, name in db.session.execute(named.order_by(Organisation.name, Organisation.id))]


def invitations_to(enterprise_id: int) -> list[Decision]:
    """Invitations that stand for an enterprise, the newest first: all it may see of any buyer's decisions."""
    decisions = db.session.scalars(
        select(Decision).where(Decision.enterprise_id == enterprise_id).order_by(Decision.id.desc())
    )
    latest: dict[int, Decision] = {}
    for decision in decisions:
        latest.setdefault(decision.lot_id, decision)
    return [decision for decision in latest.values() if decision.action == "invite"]


def words_for(decision: Decision) -> str:
    """Who decided what, in half a sentence: "Sam Reed shortlisted it on 3 May 2027"."""
    who = decision.person.name if decision.person else "Somebody who has left"
    return f"{who} {DONE[decision.action]} it on {_day(decision.decided_at.date())}"


def _locked(lot_id: int, *, of: int) -> Lot:
    """The lot, held until the commit, so that two officers decide one after the other."""
    find_lot(lot_id, of=of)
    return db.session.scalars(select(Lot).where(Lot.id == lot_id, Lot.organisation_id == of).with_for_update()).one()


def _check_race(standing: Decision | None, action: str, name: str, seen: int | None) -> None:
    is_live = standing is not None and standing.action != "undo"
    if action == "undo" and not is_live:
        raise ConflictError(f"There is no decision about {name} to undo")
    if standing is not None and is_live and standing.action == action:
        raise ConflictError(f"{name}: {words_for(standing)} already")
    if standing is not None and seen is not None and standing.id != seen:
        raise ConflictError(f"{name}: {words_for(standing)} while you were looking. Look again before you decide")


def _name_of(lot: Lot, about: About) -> str:
    """What to call the subject.

    errors  NotFoundError where there is no such enterprise, or no such proposal for this lot
    """
    if about.enterprise_id is not None:
        name = db.session.scalar(
            select(Organisation.name)
            .join(Enterprise, Enterprise.organisation_id == Organisation.id)
            .where(Organisation.id == about.enterprise_id, Organisation.suspended_at.is_(None))
        )
    else:
        name = "This consortium" if _proposal(lot, about.proposal_id) else None
    if name is None:
        raise NotFoundError
    return name


def _proposal(lot: Lot, proposal_id: int | None) -> Proposal | None:
    return db.session.scalar(
        select(Proposal).where(
            Proposal.id == proposal_id,
            Proposal.lot_id == lot.id,
            Proposal.organisation_id == lot.organisation_id,
            Proposal.kind == "consortium",
        )
    )


def _keep(lot: Lot, about: About, action: str, reason: str, *, by: Actor) -> Decision:
    decision = Decision(
        organisation_id=lot.organisation_id,
        lot_id=lot.id,
        enterprise_id=about.enterprise_id,
        proposal_id=about.proposal_id,
        action=action,
        reason=reason.strip()[:MOST_REASON],
        person_id=by.person_id,
    )
    db.session.add(decision)
    db.session.flush()
    audit.note(by, f"decision {DONE[action]}", decision, lot=lot.id, enterprise=about.enterprise_id)
    return decision


def _follow_partners(lot: Lot, proposal_id: int, made: Decision, standing: Decision | None, *, by: Actor) -> None:
    """Inviting a consortium, or awarding to it, goes for each partner; undoing an invitation takes those back."""
    proposal = _proposal(lot, proposal_id)
    undoes_invitation = made.action == "undo" and standing is not None and standing.action == "invite"
    if proposal is None or not (made.action in TOLD or undoes_invitation):
        return
    for partner in proposal.partners:
        theirs = latest_about(lot, About(partner.enterprise_id))
        is_invited = theirs is not None and theirs.action == "invite"
        from_here = is_invited and theirs is not None and theirs.proposal_id == proposal_id
        if made.action in TOLD and (theirs is None or theirs.action != made.action):
            _tell(lot, _keep(lot, About(partner.enterprise_id, proposal_id), made.action, made.reason, by=by))
        elif undoes_invitation and from_here:
            _keep(lot, About(partner.enterprise_id, proposal_id), "undo", made.reason, by=by)


def _follow_state(lot: Lot) -> None:
    """An open lot is invited while any invitation stands."""
    if lot.state not in ("open", "invited"):
        return
    seen: set[tuple[int | None, int | None]] = set()
    standing = False
    for decision in history(lot):
        key = (decision.enterprise_id, None if decision.enterprise_id is not None else decision.proposal_id)
        if key not in seen:
            seen.add(key)
            standing = standing or decision.action == "invite"
    lot.state = "invited" if standing else "open"
    db.session.flush()


def _tell(lot: Lot, decision: Decision) -> None:
    """Post an invitation or an award to the enterprise's contact, or to its own people where it names none."""
    subject, body = (_invitation if decision.action == "invite" else _award_words)(lot, decision)
    for number, address in enumerate(_addresses(decision.enterprise_id)):
        mail.post(address, _one_line(subject), body, key=f"{decision.action}-{decision.id}-{number}")


def _invitation(lot: Lot, _decision: Decision) -> tuple[str, str]:
    answer_by = f"\n\nAnswer by {_day(lot.deadline_on)}." if lot.deadline_on else ""
    return f"Invitation: {lot.title}", (
        f'{lot.organisation.name} invites you to look at their lot "{_one_line(lot.title)}" on Procure.{answer_by}'
        f"\n\nSee the lot and say whether you are interested:\n{_link_to(lot)}\n"
    )


def _award_words(lot: Lot, decision: Decision) -> tuple[str, str]:
    whom = "you" if decision.proposal_id is None else "you and your partners"
    return f"Awarded: {lot.title}", (
        f'{lot.organisation.name} has noted on Procure that its lot "{_one_line(lot.title)}" is awarded to {whom}.'
        f"\n\nThe contract itself is made outside Procure. See the lot:\n{_link_to(lot)}\n"
    )


def _link_to(lot: Lot) -> str:
    return f"{current_app.config['BASE_URL']}/supplying/lots/{lot.id}"


def _addresses(enterprise_id: int | None) -> list[str]:
    contact = db.session.scalar(select(Enterprise.contact_email).where(Enterprise.organisation_id == enterprise_id))
    if contact:
        return [_one_line(contact)]
    members = (
        select(Person.email)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == enterprise_id,
            Membership.kind == "enterprise",
            Membership.ended_at.is_(None),
            Person.suspended_at.is_(None),
        )
        .order_by(Person.email)
    )
    return list(dict.fromkeys(db.session.scalars(members)))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%B %Y}"
