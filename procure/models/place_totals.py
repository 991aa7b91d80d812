"""Sums over anchors that are counted without being shown: published once, and never with fewer than three of them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Owned, Pence, Private, Record, now

LEVELS = ("detail", "figures", "totals")
"""What an anchor may let a place see, most first: its figures and what they are made of, its figures, or only sums in
which it is one of several."""
SHOWN_LEVELS = ("detail", "figures")


class PastWatch(Record):
    """A time during which an anchor let a place see more than it does now; what was seen then stays known."""

    __tablename__ = "past_watch"

    id: Mapped[int] = mapped_column(primary_key=True)
    watch_id: Mapped[int] = mapped_column(ForeignKey("watch.id", ondelete="CASCADE"), index=True)
    level: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(default=now)


class PublishedTotal(Record, Owned):
    """What several anchors together paid in one quarter, as the place they count for was told it. Never changed."""

    __tablename__ = "published_total"

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[date] = mapped_column(index=True)
    """First day of the quarter."""
    area_name: Mapped[str]
    area_definition: Mapped[str]
    """The place's own area on the day it was published, in words."""
    total_pence: Mapped[int] = mapped_column(Pence)
    local_pence: Mapped[int | None] = mapped_column(Pence)
    """Certainly local; None where the split would say too much of one anchor."""
    elsewhere_pence: Mapped[int | None] = mapped_column(Pence)
    doubtful_pence: Mapped[int | None] = mapped_column(Pence)
    """Not placed, or placed at an address that many share."""
    contributors: Mapped[int]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    published_at: Mapped[datetime] = mapped_column(default=now)
    counted: Mapped[list["CountedAnchor"]] = relationship(cascade="all, delete-orphan", order_by="CountedAnchor.id")


class CountedAnchor(Record, Private):
    """An anchor inside a published total. A quarter of an anchor is in one total at most, of whichever place.

    What it added is kept to judge whether another in the total may show itself; nobody is ever shown it.
    """

    __tablename__ = "counted_anchor"
    __table_args__ = (UniqueConstraint("organisation_id", "quarter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    total_id: Mapped[int] = mapped_column(ForeignKey("published_total.id", ondelete="CASCADE"), index=True)
    quarter: Mapped[date]
    local_pence: Mapped[int] = mapped_column(Pence)
    elsewhere_pence: Mapped[int] = mapped_column(Pence)
    doubtful_pence: Mapped[int] = mapped_column(Pence)
    known_at: Mapped[datetime | None]
    """Since when its own figures of this quarter may be seen; None while they may not, for the others' sake."""
