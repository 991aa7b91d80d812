"""What an anchor agreed to tell the other anchors of its place."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Owned, Record, now

CONSENT_KINDS = ("links", "purchases")
"""Whom it linked names in its ledgers to; what it buys from enterprises, and where."""


class SharingConsent(Record, Owned):
    """While this stands, an anchor tells one kind of thing to the others that agreed to it too, and is told it."""

    __tablename__ = "sharing_consent"
    __table_args__ = (UniqueConstraint("organisation_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """One of CONSENT_KINDS; agreeing to one says nothing about the other."""
    is_named: Mapped[bool] = mapped_column(default=False)
    """Whether the others read its name."""
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    agreed_at: Mapped[datetime] = mapped_column(default=now)
