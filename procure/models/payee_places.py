"""Where a payee works, as an officer of the anchor declared it. Private to the anchor."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Private, Record, now

SITE_KINDS = ("delivery", "trading")


class PayeeSite(Record, Private):
    """A site declared with a reason, in force until it is taken back; at most one of each kind at a time."""

    __tablename__ = "payee_site"
    __table_args__ = (
        Index(
            "uq_payee_site_in_force",
            "payee_id",
            "kind",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    """delivery (where it does the work for this anchor) or trading (where it is run from)."""
    postcode: Mapped[str]
    """In its one written form."""
    reason: Mapped[str]
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    declared_at: Mapped[datetime] = mapped_column(default=now)
    replaced_id: Mapped[int | None] = mapped_column(ForeignKey("payee_site.id", ondelete="SET NULL"))
    """The site that stood until this one was declared; taking this one back puts that one in force again."""
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    """When it was taken back or replaced."""
