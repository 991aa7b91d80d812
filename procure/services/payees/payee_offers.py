"""Links of payees that anchors of one place let each other see, if both agreed; none is taken over without a person."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from ...extensions import db
from ...matching.payees.names import read
from ...models import Payee, PayeeDecision
from .. import sharing_consents
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


def offers(payee: Payee) -> list[Offer]:
    """Whom the other anchors of the place say that this name is, the most agreed first. Only names we have too."""
    sharers = sharing_consents.partners(sharing_consents.LINKS, of=payee.organisation_id)
    if not sharers:
        return []
    said = _said(payee, sharers)
    facts = facts_of(said)
    names = sharing_consents.names(sharers)
    found = [
        Offer(target, facts[target], len(anchors), tuple(sorted(names[one] for one in anchors if one in names)))
        for target, anchors in said.items()
        if target in facts
    ]
    return sorted(found, key=lambda offer: (-offer.anchors, offer.facts.name))


def stands(payee: Payee, target: Target) -> bool:
    """Whether another anchor still offers this link."""
    return any(offer.target == target for offer in offers(payee))


def _said(payee: Payee, sharers: Collection[int]) -> dict[Target, set[int]]:
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
