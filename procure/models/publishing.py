"""What an organisation publishes and takes away: its public page, and the board reports that were made."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Owned, Private, Record, now
from .organisations import Organisation, Person


class PublicPage(Record, Owned):
    """An anchor's page for everybody: off until a finance officer publishes it, and as it was on that day."""

    __tablename__ = "public_page"
    __table_args__ = (UniqueConstraint("organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    """The end of its address; it stays the same when the page is switched off and on."""
    is_on: Mapped[bool] = mapped_column(default=False)
    content: Mapped[dict[str, Any] | None]
    """The figures as they were published; None while the page is off, so that nothing of them is kept for it."""
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    organisation: Mapped[Organisation] = relationship()


class BoardReport(Record, Private):
    """A report somebody asked for: its figures, frozen when it was made, and the PDF made of them."""

    __tablename__ = "board_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """anchor or place: whose figures it holds."""
    title: Mapped[str]
    content: Mapped[dict[str, Any] | None]
    """None while the job has not made it."""
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    why_no_pdf: Mapped[str | None]
    """In words, where this installation cannot make one."""
    asked_at: Mapped[datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime | None]
    asked_by: Mapped[Person | None] = relationship()
