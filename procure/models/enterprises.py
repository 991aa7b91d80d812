"""What an enterprise says it can do, holds and offers."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Pence, Record, now
from .organisations import Organisation

LEGAL_FORMS = (
    "cic",
    "charity",
    "cio",
    "cooperative",
    "social_enterprise",
    "company",
    "sole_trader",
    "partnership",
    "other",
)
VCSE_FORMS = frozenset({"cic", "charity", "cio", "cooperative", "social_enterprise"})
GRADES = ("register", "declared", "inferred")


class Enterprise(Record):
    """The profile of an organisation that supplies: the answers to the six questions."""

    __tablename__ = "enterprise"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    legal_form: Mapped[str] = mapped_column(default="other")
    legal_form_grade: Mapped[str] = mapped_column(default="declared")
    company_number: Mapped[str | None]
    charity_number: Mapped[str | None]
    summary: Mapped[str] = mapped_column(default="")
    outcodes: Mapped[list[str]] = mapped_column(default=list)
    """Postcode districts it works in; empty means it has not said."""
    capacity_pence: Mapped[int | None] = mapped_column(Pence)
    """The most contract value it could take on in a year."""
    turnover_pence: Mapped[int | None] = mapped_column(Pence)
    workforce: Mapped[int | None]
    disadvantaged_workforce: Mapped[int | None]
    contact_name: Mapped[str | None]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    claimed_at: Mapped[datetime | None]
    """When its own people took the profile over; None while only the support network speaks for it."""
    shares_details_at: Mapped[datetime | None]
    """When it agreed to show turnover, insurance and contact to buyers."""
    answered: Mapped[int] = mapped_column(default=0)
    """How many of the six questions are answered."""
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    named_at: Mapped[datetime | None] = mapped_column(default=now)
    """When its name, numbers or postcode last changed: what payees are recognised by."""

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id])
    registered_by: Mapped[Organisation | None] = relationship(foreign_keys=[registered_by_id])
    capabilities: Mapped[list["Capability"]] = relationship(
        cascade="all, delete-orphan", order_by="Capability.id", back_populates="enterprise"
    )
    holdings: Mapped[list["Holding"]] = relationship(cascade="all, delete-orphan", order_by="Holding.id")
    offers: Mapped[list["OfferedValue"]] = relationship(cascade="all, delete-orphan", order_by="OfferedValue.id")

    @property
    def is_vcse(self) -> bool:
        return self.legal_form in VCSE_FORMS

    @property
    def is_complete(self) -> bool:
        return self.answered >= 6


class Capability(Record):
    """One thing an enterprise can do, and how much of it."""

    __tablename__ = "capability"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.organisation_id", ondelete="CASCADE"), index=True
    )
    statement: Mapped[str]
    cpv: Mapped[str | None]
    unit: Mapped[str | None]
    units: Mapped[int | None]
    """How many units it can carry at once, such as 200 meals a day."""
    enterprise: Mapped[Enterprise] = relationship(back_populates="capabilities")


class Holding(Record):
    """An insurance or certificate an enterprise holds, until it expires."""

    __tablename__ = "holding"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.organisation_id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    """insurance or certificate."""
    name: Mapped[str]
    """Public liability, ISO 9001, DBS and so on."""
    amount_pence: Mapped[int | None] = mapped_column(Pence)
    expires_on: Mapped[date | None]
    grade: Mapped[str] = mapped_column(default="declared")


class OfferedValue(Record):
    """Social value an enterprise offers on a contract, in counts."""

    __tablename__ = "offered_value"
    __table_args__ = (UniqueConstraint("organisation_id", "measure"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.organisation_id", ondelete="CASCADE"), index=True
    )
    measure: Mapped[str]
    quantity: Mapped[int]
