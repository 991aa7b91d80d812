"""Areas that count as local, and which anchors a place authority watches."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Owned, Record, now
from .organisations import Organisation


class LocalArea(Record, Owned):
    """What an organisation means by local, as postcode districts; one of them is its headline."""

    __tablename__ = "local_area"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    outcodes: Mapped[list[str]] = mapped_column(default=list)
    is_headline: Mapped[bool] = mapped_column(default=False)


class Watch(Record):
    """A place authority watches an anchor from the day the anchor agrees until it withdraws."""

    __tablename__ = "watch"
    __table_args__ = (UniqueConstraint("place_id", "anchor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    anchor_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    agreed_at: Mapped[datetime | None]
    level: Mapped[str] = mapped_column(default="figures")
    """How much the anchor lets it see since then: one of `place_totals.LEVELS`."""
    place: Mapped[Organisation] = relationship(foreign_keys=[place_id])
    anchor: Mapped[Organisation] = relationship(foreign_keys=[anchor_id])
