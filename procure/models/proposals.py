"""What the engines proposed, with that day's scores and sentences, and what people decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Owned, Record, now
from .enterprises import Enterprise
from .organisations import Person

ACTIONS = ("shortlist", "reject", "invite", "award", "undo")


class Proposal(Record, Owned):
    """One answer to a lot: one supplier or several. Kept as it was, so new weights never rewrite history."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), index=True)
    lot_version: Mapped[int]
    kind: Mapped[str]
    """supplier (one ranked enterprise), consortium (a covering set) or none (why nobody can)."""
    rank: Mapped[int]
    objective: Mapped[float | None]
    explanation: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The certificate, the nearest set, or what the loss of a member breaks."""
    engine: Mapped[str]
    """Which engine and weights made it."""
    made_with: Mapped[dict[str, Any] | None]
    """Which run, weights, day and how many enterprises; None before this was kept. See `services.ranking.replays`."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    is_current: Mapped[bool] = mapped_column(default=True, index=True)
    partners: Mapped[list["Partner"]] = relationship(cascade="all, delete-orphan", order_by="Partner.id")


class Partner(Record):
    """One enterprise in a proposal: what it would carry, and why it was chosen."""

    __tablename__ = "partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"), index=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.organisation_id", ondelete="CASCADE"), index=True)
    probability: Mapped[float | None]
    score: Mapped[float | None]
    share: Mapped[float | None]
    is_lead: Mapped[bool] = mapped_column(default=False)
    units: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Need id as text > units carried."""
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Signals of the day: name, weight, sentence, words."""
    missing: Mapped[list[str]] = mapped_column(default=list)
    enterprise_version: Mapped[int | None]
    """Of the profile that was read."""
    enterprise: Mapped[Enterprise] = relationship()


class Decision(Record, Owned):
    """A buyer's decision about an enterprise or a proposed consortium for a lot; never deleted."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), index=True)
    enterprise_id: Mapped[int | None] = mapped_column(
        ForeignKey("enterprise.organisation_id", ondelete="CASCADE"), index=True
    )
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", ondelete="SET NULL"), index=True)
    action: Mapped[str]
    reason: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[Person | None] = relationship()


class Interest(Record, Owned):
    """What an enterprise answered to a lot: interested, saved or not for us, with its reason."""

    __tablename__ = "interest"
    __table_args__ = (UniqueConstraint("organisation_id", "lot_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), index=True)
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    consortium_id: Mapped[int | None] = mapped_column(ForeignKey("consortium.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(default=now)
