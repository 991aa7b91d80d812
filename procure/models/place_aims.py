"""What a place aims at, what it counts from, and what it enters about its own economy. Replaced, never overwritten."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Owned, Record, now

TARGET_STATES = ("set", "proposed", "accepted", "declined")


class Replaced(Owned):
    """A thing of which one stands at a time: who said it, what it replaced, and when it was taken back."""

    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    set_at: Mapped[datetime] = mapped_column(default=now)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    """When it was replaced or taken back; None while it stands."""


def _standing(table: str, *columns: str) -> Index:
    """At most one stands at a time: the database sees to it."""
    stands = text("ended_at IS NULL")
    name = f"uq_{table}_standing"
    return Index(name, "organisation_id", *columns, unique=True, postgresql_where=stands, sqlite_where=stands)


class PlaceTarget(Record, Replaced):
    """A local share to reach by a day: of the whole place, or of one anchor, for which it holds once accepted."""

    __tablename__ = "place_target"
    __table_args__ = (_standing("place_target", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), index=True)
    """The anchor, or the place authority itself for the whole place."""
    percent: Mapped[int]
    due_on: Mapped[date]
    reason: Mapped[str]
    state: Mapped[str]
    """set (the place's own), proposed, accepted or declined (an anchor's)."""
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None]
    replaced_id: Mapped[int | None] = mapped_column(ForeignKey("place_target.id", ondelete="SET NULL"))


class PlaceBaseline(Record, Replaced):
    """The quarters from which a place counts what has shifted."""

    __tablename__ = "place_baseline"
    __table_args__ = (_standing("place_baseline"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_quarter: Mapped[date]
    quarters: Mapped[int]
    replaced_id: Mapped[int | None] = mapped_column(ForeignKey("place_baseline.id", ondelete="SET NULL"))


class ResilienceValue(Record, Replaced):
    """A figure the council entered for one characteristic of a resilient local economy, with its source and year."""

    __tablename__ = "resilience_value"
    __table_args__ = (_standing("resilience_value", "characteristic", "indicator", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    characteristic: Mapped[str]
    """One of `spend.resilience.CHARACTERISTICS`."""
    indicator: Mapped[str]
    source: Mapped[str]
    year: Mapped[int]
    value: Mapped[float]
    unit: Mapped[str]
    replaced_id: Mapped[int | None] = mapped_column(ForeignKey("resilience_value.id", ondelete="SET NULL"))
