"""Areas that count as local, and which anchors a place authority watches."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Owned, Record, now
from .organisations import Organisation

AREA_KINDS = ("outcodes", "lsoas", "wards", "local_authorities", "icbs", "regions", "circle")


class Definition:
    """How an area is defined, in one of AREA_KINDS."""

    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="outcodes")
    codes: Mapped[list[str]] = mapped_column(default=list)
    """What it is made of; for postcode districts these stand in `outcodes`."""
    outcodes: Mapped[list[str]] = mapped_column(default=list)
    """Postcode districts: those it is made of, or those most of which lie in it as far as the directory tells."""
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    miles: Mapped[float | None]
    site: Mapped[str | None]
    """What the person typed as the middle of a circle: a postcode, or a latitude and a longitude."""
    counts_branches: Mapped[bool] = mapped_column(default=False)
    """Based or branched: a payee is local where any of its known places is here."""
    boundaries_id: Mapped[int | None] = mapped_column(Integer)
    """The edition of the postcode directory in force when it was defined; no foreign key, editions come and go."""


class LocalArea(Definition, Record, Owned):
    """What an organisation means by local, as it stands; one of its areas is its headline."""

    __tablename__ = "local_area"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    is_headline: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    """Counts its definitions."""
    defined_at: Mapped[datetime | None] = mapped_column(default=now)
    """From when this definition holds; None where it was there before anybody counted."""


class PastArea(Definition, Record, Owned):
    """A definition an area had until it was changed."""

    __tablename__ = "past_area"
    __table_args__ = (UniqueConstraint("area_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("local_area.id", ondelete="CASCADE"))
    version: Mapped[int]
    defined_at: Mapped[datetime | None]
    ended_at: Mapped[datetime] = mapped_column(default=now)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


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
