"""Names in ledgers: whom they were linked to, and what people decided about them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Private, Record, now
from .organisations import Organisation
from .reference import RegisteredBody

LINKED = ("accepted", "confirmed")
"""States of a payee whose link is sure: by the engine, by a person."""
DECISION_KINDS = ("linked", "rejected", "person", "public_body", "merged", "split")


class Payee(Record, Private):
    """A name as written in an anchor's ledgers, and whom it was linked to."""

    __tablename__ = "payee"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    enterprise_id: Mapped[int | None] = mapped_column(
        ForeignKey("enterprise.organisation_id", ondelete="SET NULL"), index=True
    )
    body_id: Mapped[int | None] = mapped_column(ForeignKey("registered_body.id", ondelete="SET NULL"), index=True)
    """The body of a public register it was linked to, where that is no enterprise here."""
    kind: Mapped[str | None]
    """person or public_body where the engine or a person says so; None is an organisation, or not known."""
    probability: Mapped[float | None]
    """That the best candidate is the payee."""
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Whom it may be, best first, with the probability and reasons of the day it was checked; each has an
    enterprise_id or a body_id."""
    checked_at: Mapped[datetime | None]
    checked_with: Mapped[str | None]
    """Which editions of the registers and which lesson the engine answered by; see `payee_index.standing`."""
    state: Mapped[str] = mapped_column(default="unlinked")
    """unlinked, accepted (by the engine), review; confirmed, rejected, person, public_body (by a person)."""
    reason: Mapped[str | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    """When a person decided about it, or merged it into another; the engine leaves such a payee alone."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts what people did to it."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("payee.id", ondelete="SET NULL"), index=True)
    """The payee of which this name is another spelling; its state and link follow that payee's."""
    split_of_id: Mapped[int | None] = mapped_column(ForeignKey("payee.id", ondelete="SET NULL"), index=True)
    """The name as written, of which this payee is a part."""
    split_by: Mapped[str | None]
    """The column of a payment that tells the part: department, supplier_id or supplier_postcode; None once joined."""
    split_value: Mapped[str | None]
    enterprise: Mapped[Organisation | None] = relationship(
        primaryjoin="foreign(Payee.enterprise_id) == Organisation.id", viewonly=True
    )
    body: Mapped[RegisteredBody | None] = relationship(viewonly=True)

    @property
    def called(self) -> str:
        """As the organisation it is surely linked to calls itself; else as the ledger has it."""
        told = (self.enterprise or self.body) if self.state in LINKED else None
        return told.name if told else self.name

    @property
    def seen(self) -> str:
        """What a form sends along, so that nobody decides about a payee that moved on meanwhile."""
        return f"{self.state}_{self.version or 0}"

    @property
    def head_id(self) -> int:
        """The payee that speaks for it: itself, or the one it was merged into."""
        return self.merged_into_id or self.id


class PayeeDecision(Record, Private):
    """What a person said about a payee, and what they saw when they said it. Taken back, the row stays, marked."""

    __tablename__ = "payee_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    payee_id: Mapped[int | None] = mapped_column(ForeignKey("payee.id", ondelete="SET NULL"), index=True)
    name: Mapped[str]
    """The payee's name then, for when the payee is gone."""
    kind: Mapped[str]
    """One of DECISION_KINDS."""
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.organisation_id", ondelete="SET NULL"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("registered_body.id", ondelete="SET NULL"))
    into_id: Mapped[int | None] = mapped_column(ForeignKey("payee.id", ondelete="SET NULL"))
    """The payee a name was merged into."""
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """What the person was shown, as the payee kept it."""
    probability: Mapped[float | None]
    """That the best candidate is the payee, as it was then."""
    seen: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What undoing restores: the payee it belonged to, or how a name was split."""
    was_offered: Mapped[bool] = mapped_column(default=False)
    """Another anchor's decision was taken over."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(default=now, index=True)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None]
