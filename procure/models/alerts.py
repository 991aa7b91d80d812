"""How often a person wants to be told of lots for an enterprise, and of which they were told."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Private, Record, now
from .organisations import Organisation, Person

FREQUENCIES = ("immediate", "daily", "weekly", "never")


class AlertChoice(Record, Private):
    """What one person chose for one enterprise; without a row nothing is sent and there is no feed."""

    __tablename__ = "alert_choice"
    __table_args__ = (UniqueConstraint("organisation_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    frequency: Mapped[str] = mapped_column(default="never")
    """One of FREQUENCIES."""
    feed_turn: Mapped[int] = mapped_column(default=0)
    """Grows with each new address of the feed: only the newest is answered."""
    is_fed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes, so that nobody changes what they did not see."""
    looked_at: Mapped[datetime | None]
    """When lots were last looked through for this person, whether or not there was anything to tell."""
    changed_at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation] = relationship()


class ToldLot(Record, Private):
    """A lot a person knows of: it was in a message, or in their list when they chose to be told of later ones."""

    __tablename__ = "told_lot"
    __table_args__ = (UniqueConstraint("organisation_id", "person_id", "lot_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), index=True)
    told_at: Mapped[datetime] = mapped_column(default=now)
