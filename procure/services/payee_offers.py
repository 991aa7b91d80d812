"""Anchors of one place that let each other see their links. Off until both agree; never taken over without a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from ..extensions import db
from ..matching.payees.names import read
from ..models import DecisionSharing, Organisation, Payee, PayeeDecision, Watch, now
from . import audit, bulk
from .actors import Actor
from .payee_candidates import Facts, facts_of
from .payee_changes import Target


@dataclass(frozen=True)
class Offer:
    """Whom other anchors say that this name is: how many of them, and those of them that agreed to be named."""

    target: Target
    facts: Facts
    anchors: int
    named: tuple[str, ...]

    @property
    def fields(self) -> dict[str, int]:
        both = {"enterprise_id": self.target.enterprise_id, "body_id": self.target.body_id}
        return {name: number for name, number in both.items() if number is not None}


def sharing(of: int) -> DecisionSharing | None:
    """What an organisation agreed to; None while it keeps its decisions to itself and sees nobody else's."""
    return db.session.scalar(select(DecisionSharing).where(DecisionSharing.organisation_id == of))


def agree(is_named: bool, *, by: Actor) -> None:
    """Offer our links to the anchors of our place, and see theirs; agreeing again changes whether we are named."""
    facts = {"organisation_id": by.acting_for, "is_named": is_named, "agreed_by_id": by.person_id, "agreed_at": now()}
    bulk.insert_missing(DecisionSharing, [facts])
    db.session.execute(
        update(DecisionSharing).where(DecisionSharing.organisation_id == by.acting_for).values(is_named=is_named),
        execution_options={"synchronize_session": False},
    )
    kept = sharing(by.acting_for)
    assert kept is not None
    db.session.refresh(kept)
    audit.note(by, "payee decisions offered", kept, named=is_named)


def withdraw(*, by: Actor) -> None:
    """Show our links to nobody any more, and see nobody's, at once; withdrawing twice is withdrawing once."""
    kept = sharing(by.acting_for)
    if kept is None:
        return
    audit.note(by, "payee decisions no longer offered", kept)
    db.session.execute(delete(DecisionSharing).where(DecisionSharing.organisation_id == by.acting_for))


def partners(of: int) -> dict[int, DecisionSharing]:
    """Anchor > what it agreed to, for the other anchors of the same place that share too; none unless we share."""
    if sharing(of) is None:
        return {}
    ours = aliased(Watch)
    found = db.session.scalars(
        select(DecisionSharing)
        .join(Organisation, Organisation.id == DecisionSharing.organisation_id)
        .join(Watch, Watch.anchor_id == DecisionSharing.organisation_id)
        .join(ours, ours.place_id == Watch.place_id)
        .where(
            ours.anchor_id == of,
            ours.agreed_at.is_not(None),
            Watch.agreed_at.is_not(None),
            Organisation.suspended_at.is_(None),
            Organisation.id != of,
        )
    )
    return {each.organisation_id: each for each in found}


def places(of: int) -> list[str]:
    """The place authorities through which an anchor has neighbours."""
    return list(
        db.session.scalars(
            select(Organisation.name)
            .join(Watch, Watch.place_id == Organisation.id)
            .where(Watch.anchor_id == of, Watch.agreed_at.is_not(None))
            .order_by(Organisation.name)
        )
    )


def offers(payee: Payee) -> list[Offer]:
    """Whom the other anchors of the place say that this name is, the most agreed first. Only names we have too."""
    sharers = partners(payee.organisation_id)
    if not sharers:
        return []
    said = _said(payee, sharers)
    facts = facts_of(said)
    names = _names([anchor for anchor, kept in sharers.items() if kept.is_named])
    found = [
        Offer(target, facts[target], len(anchors), tuple(sorted(names[one] for one in anchors if one in names)))
        for target, anchors in said.items()
        if target in facts
    ]
    return sorted(found, key=lambda offer: (-offer.anchors, offer.facts.name))


def stands(payee: Payee, target: Target) -> bool:
    """Whether another anchor still offers this link."""
    return any(offer.target == target for offer in offers(payee))


def _said(payee: Payee, sharers: Mapping[int, DecisionSharing]) -> dict[Target, set[int]]:
    """Target > the anchors whose officers linked the same name to it. A link taken over from others says nothing."""
    known, written = read(payee.name), payee.name.casefold()
    longest = max((word for word in known.words if word in written), key=len, default="")
    found = db.session.execute(
        select(Payee.name, Payee.organisation_id, Payee.enterprise_id, Payee.body_id)
        .join(PayeeDecision, PayeeDecision.payee_id == Payee.id)
        .where(
            Payee.organisation_id.in_(sharers),
            PayeeDecision.organisation_id.in_(sharers),
            PayeeDecision.organisation_id == Payee.organisation_id,
            PayeeDecision.kind == "linked",
            PayeeDecision.undone_at.is_(None),
            PayeeDecision.was_offered.is_(False),
            Payee.state == "confirmed",
            Payee.name.icontains(longest, autoescape=True),
        )
    )
    said: dict[Target, set[int]] = {}
    for name, anchor, enterprise, body in found:
        other = read(name)
        if other.text == known.text and (other.form == known.form or not other.form or not known.form):
            said.setdefault(Target(enterprise, body), set()).add(anchor)
    return said


def _names(anchors: list[int]) -> dict[int, str]:
    found = select(Organisation.id, Organisation.name).where(Organisation.id.in_(anchors))
    return {number: name for number, name in db.session.execute(found)}
