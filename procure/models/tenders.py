"""What anchors want to buy: lots, their needs, their gates and the social value they ask for."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Owned, Pence, Record, now
from .organisations import Organisation

LOT_STATES = ("draft", "open", "invited", "awarded", "closed", "withdrawn")
VISIBLE_STATES = frozenset({"open", "invited", "awarded", "closed"})
GATE_KINDS = ("turnover", "insurance", "certificate_each", "certificate_any")


class Lot(Record, Owned):
    """A piece of work an anchor wants done; enterprises see it once it is open."""

    __tablename__ = "lot"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str | None]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    cpv: Mapped[str | None]
    value_pence: Mapped[int | None] = mapped_column(Pence)
    """Estimated value for the whole term, without VAT; None where the buyer has not said."""
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    deadline_on: Mapped[date | None]
    """Last day to express interest."""
    postcode: Mapped[str | None]
    """Where the work is done: a full postcode or a district."""
    state: Mapped[str] = mapped_column(default="draft", index=True)
    social_value_percent: Mapped[int] = mapped_column(default=0)
    form: Mapped[str] = mapped_column(default="joint")
    """How a consortium would be judged: joint (turnover pooled) or lead (one member's own)."""
    likely_local: Mapped[int | None]
    """How many local enterprises the current proposals call likely; None where nothing was proposed yet."""
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    opened_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    needs: Mapped[list["Need"]] = relationship(cascade="all, delete-orphan", order_by="Need.id", back_populates="lot")
    gates: Mapped[list["Gate"]] = relationship(cascade="all, delete-orphan", order_by="Gate.id")
    asks: Mapped[list["AskedValue"]] = relationship(cascade="all, delete-orphan", order_by="AskedValue.id")

    @property
    def is_visible(self) -> bool:
        """Whether enterprises may see it."""
        return self.state in VISIBLE_STATES


class Need(Record):
    """One thing a lot must have covered, and how much of it."""

    __tablename__ = "need"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    cpv: Mapped[str | None]
    unit: Mapped[str | None]
    units: Mapped[int]
    value_pence: Mapped[int] = mapped_column(Pence)
    """Its part of the lot's value; the needs of a lot add up to it."""
    lot: Mapped[Lot] = relationship(back_populates="needs")


class Gate(Record):
    """A condition a supplier must meet: turnover, insurance or a certificate."""

    __tablename__ = "gate"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    amount_pence: Mapped[int | None] = mapped_column(Pence)


class AskedValue(Record):
    """Social value a lot asks for, in counts, with its weight among the asks in percent."""

    __tablename__ = "asked_value"
    __table_args__ = (UniqueConstraint("lot_id", "measure"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"), index=True)
    measure: Mapped[str]
    quantity: Mapped[int]
    weight_percent: Mapped[int] = mapped_column(default=0)
