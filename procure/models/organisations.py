"""Organisations, the people who act for them, and how people come in."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Owned, Record, now

ANCHOR, ENTERPRISE, PLACE, NETWORK = "anchor", "enterprise", "place", "network"
ROLES = {
    ANCHOR: ("buyer", "finance", "viewer", "admin"),
    ENTERPRISE: ("member", "admin"),
    PLACE: ("viewer", "admin"),
    NETWORK: ("adviser", "admin"),
}
ROLE_NAMES = {
    "anchor:buyer": "buyer",
    "anchor:finance": "finance officer",
    "anchor:viewer": "viewer of the anchor",
    "anchor:admin": "administrator of the anchor",
    "enterprise:member": "member of the enterprise",
    "enterprise:admin": "administrator of the enterprise",
    "place:viewer": "viewer of the place",
    "place:admin": "administrator of the place",
    "network:adviser": "adviser of the network",
    "network:admin": "administrator of the network",
}
SECTORS = ("nhs", "council", "university", "central", "other")


class Organisation(Record):
    """An anchor, an enterprise, a place authority or a support network; it may be more than one."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    is_anchor: Mapped[bool] = mapped_column(default=False)
    is_enterprise: Mapped[bool] = mapped_column(default=False)
    is_place: Mapped[bool] = mapped_column(default=False)
    is_network: Mapped[bool] = mapped_column(default=False)
    sector: Mapped[str | None]
    """Which kind of buyer the law sees in an anchor: one of SECTORS."""
    postcode: Mapped[str | None]
    suspended_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def kinds(self) -> tuple[str, ...]:
        flags = {ANCHOR: self.is_anchor, ENTERPRISE: self.is_enterprise, PLACE: self.is_place, NETWORK: self.is_network}
        return tuple(kind for kind, is_one in flags.items() if is_one)


class Person(Record):
    """Someone who signs in. An installation administrator stands outside every organisation."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    """Lower case, so that one address is one person."""
    name: Mapped[str]
    password_hash: Mapped[str]
    is_installation_admin: Mapped[bool] = mapped_column(default=False)
    suspended_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    memberships: Mapped[list["Membership"]] = relationship(back_populates="person")


class Membership(Record, Owned):
    """A role a person holds in an organisation, until it ends."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id", "kind", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship()

    @property
    def permission(self) -> str:
        """The word routes ask for, such as "anchor:finance"."""
        return f"{self.kind}:{self.role}"


class Invitation(Record, Owned):
    """A single-use link that lets the invited address join with one role."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    kind: Mapped[str]
    role: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship()


class PasswordReset(Record):
    """A single-use link to choose a new password; it dies when the password changes."""

    __tablename__ = "password_reset"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignIn(Record):
    """One signed-in browser; ending it here ends it in every process at the next request."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
