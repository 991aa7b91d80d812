"""Enterprises that bid together: who is inside, the plan of their bid version by version, and what only they see."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from .base import Owned, Pence, Record, now
from .organisations import Organisation, Person


class Consortium(Record):
    """Enterprises that supply together; a lot may or may not be in sight yet."""

    __tablename__ = "consortium"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id", ondelete="SET NULL"), index=True)
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("consortium.id", ondelete="SET NULL"), index=True)
    """The consortium whose members were asked again for this one; nothing of that bid is here."""
    formed_by_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    dissolved_at: Mapped[datetime | None]
    members: Mapped[list["ConsortiumMember"]] = relationship(
        cascade="all, delete-orphan", order_by="ConsortiumMember.id", back_populates="consortium"
    )


class ConsortiumMember(Record, Owned):
    """One enterprise's place in a consortium: invited, accepted, declined, left or removed."""

    __tablename__ = "consortium_member"
    __table_args__ = (UniqueConstraint("consortium_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(default="invited")
    is_lead: Mapped[bool] = mapped_column(default=False)
    share_percent: Mapped[int | None]
    shares_details_at: Mapped[datetime | None]
    """Since when it shows its turnover and insurance to this room; None where it keeps them to itself."""
    changed_at: Mapped[datetime] = mapped_column(default=now)
    consortium: Mapped[Consortium] = relationship(back_populates="members")
    organisation: Mapped[Organisation] = relationship()

    @property
    def is_inside(self) -> bool:
        """Whether this member may see the consortium's room now."""
        return self.state in ("invited", "accepted")


class InRoom:
    """A table whose rows only the accepted partners of one consortium may read: every query names the partner."""

    @declared_attr
    def consortium_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy calls it with the class
        return mapped_column(ForeignKey("consortium.id", ondelete="CASCADE"), index=True)


class BidPlan(Record, InRoom):
    """One version of who does what, for which share and price. Never changed: a change makes the next version."""

    __tablename__ = "bid_plan"
    __table_args__ = (UniqueConstraint("consortium_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id", ondelete="SET NULL"), index=True)
    lot_version: Mapped[int | None]
    """The lot as it was when the work was last shared out; None where it has not been."""
    form: Mapped[str | None]
    """joint, lead or company; None where the lead has not said."""
    lawful_basis: Mapped[str | None]
    lawful_words: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str]
    """What made this version: "prices named", "a partner left"."""
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by: Mapped[Organisation | None] = relationship()
    shares: Mapped[list["BidShare"]] = relationship(cascade="all, delete-orphan", order_by="BidShare.id")
    lines: Mapped[list["BidLine"]] = relationship(cascade="all, delete-orphan", order_by="BidLine.id")
    agreements: Mapped[list["BidAgreement"]] = relationship(cascade="all, delete-orphan", order_by="BidAgreement.id")

    @property
    def price_pence(self) -> int | None:
        """The whole price; None while one part of it is not named."""
        prices = [line.price_pence for line in self.lines]
        return sum(price or 0 for price in prices) if prices and None not in prices else None

    @property
    def agreed_by(self) -> frozenset[int]:
        """Partners who agreed to this version and have not taken it back."""
        return frozenset(one.organisation_id for one in self.agreements if one.taken_back_at is None)


class BidShare(Record, Owned):
    """A partner's share of the bid's value in one version, in basis points: 10,000 is all of it."""

    __tablename__ = "bid_share"
    __table_args__ = (UniqueConstraint("plan_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("bid_plan.id", ondelete="CASCADE"), index=True)
    basis_points: Mapped[int]


class BidLine(Record, Owned):
    """How much of one need a partner carries in one version, and what it asks for that."""

    __tablename__ = "bid_line"
    __table_args__ = (UniqueConstraint("plan_id", "organisation_id", "need_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("bid_plan.id", ondelete="CASCADE"), index=True)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id", ondelete="SET NULL"), index=True)
    """None once the buyer took the need out of the lot."""
    need_name: Mapped[str]
    units: Mapped[int]
    price_pence: Mapped[int | None] = mapped_column(Pence)


class BidAgreement(Record, Owned):
    """A partner's yes to one version of the plan."""

    __tablename__ = "bid_agreement"
    __table_args__ = (UniqueConstraint("plan_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("bid_plan.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    agreed_at: Mapped[datetime] = mapped_column(default=now)
    taken_back_at: Mapped[datetime | None]
    person: Mapped[Person | None] = relationship()


class RoomMessage(Record, InRoom, Owned):
    """What somebody wrote to the partners; never edited. The organisation is the writer's."""

    __tablename__ = "room_message"
    __table_args__ = (UniqueConstraint("consortium_id", "organisation_id", "once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    body: Mapped[str] = mapped_column(Text)
    once: Mapped[str]
    """Made with the form: a form sent twice writes one message."""
    sent_at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation] = relationship()


class RoomDocument(Record, InRoom, Owned):
    """A file a partner put into the room; it stays that partner's and goes with it."""

    __tablename__ = "room_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    filename: Mapped[str]
    """As the person named it; never used as a path."""
    stored_name: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str]
    size_bytes: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    added_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship()


class BidPack(Record, InRoom):
    """The bid as all partners agreed to it, frozen when it was made, so that every download of it is the same."""

    __tablename__ = "bid_pack"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by: Mapped[Organisation | None] = relationship()
