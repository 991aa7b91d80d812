"""What a finance officer said an anchor's own category buys. Private to the anchor; replaced, never overwritten."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Private, Record, now


class CategoryDivision(Record, Private):
    """The CPV division of one category as an officer put it right, with a reason; the one not ended stands."""

    __tablename__ = "category_division"
    __table_args__ = (
        Index(
            "uq_category_division_standing",
            "organisation_id",
            "category",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str]
    """As the monthly sums have it."""
    division: Mapped[str | None]
    """Two digits; "?" where it is of several kinds or nobody can tell; None where it is no purchase."""
    reason: Mapped[str]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    """When it was replaced or taken back; None while it stands."""
