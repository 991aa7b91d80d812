"""What an anchor learns for its LM3: what suppliers tell of their spending, and what its own staff are paid."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Pence, Private, Record, now

SURVEY_STATES = ("asked", "answered", "declined", "withdrawn")


class RespendSurvey(Record, Private):
    """Three questions to one supplier about one financial year and one area. Only the anchor that asks sees it.

    It is kept by name, not by payee, so that it outlives a ledger that is discarded and uploaded again.
    """

    __tablename__ = "respend_survey"
    __table_args__ = (UniqueConstraint("organisation_id", "payee_name", "area_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    payee_name: Mapped[str]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("local_area.id", ondelete="SET NULL"), index=True)
    area_name: Mapped[str]
    area_words: Mapped[str]
    """The area as the supplier was told it."""
    area_key: Mapped[str]
    """The definition asked about; an answer counts for no other."""
    year: Mapped[int]
    """The financial year that begins on 1 April of this year."""
    state: Mapped[str] = mapped_column(default="asked")
    """One of SURVEY_STATES."""
    email: Mapped[str | None]
    """Whom we wrote to; none where the officer carried the link or the answer."""
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    reminder_hash: Mapped[str | None] = mapped_column(unique=True)
    """The link in the reminder: the first link is not kept, so the reminder has one of its own."""
    expires_at: Mapped[datetime | None]
    """Until when the links work and the answer may be changed."""
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    reminded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes, so that nobody changes what they did not see."""

    @property
    def is_open(self) -> bool:
        """Whether its link works: the supplier may answer, change the answer or decline."""
        return self.state != "withdrawn" and self.expires_at is not None and self.expires_at > now()


class RespendAnswer(Record, Private):
    """What a supplier told, in pounds of every £100; the latest that is not undone counts."""

    __tablename__ = "respend_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("respend_survey.id", ondelete="CASCADE"), index=True)
    staff: Mapped[int | None]
    suppliers: Mapped[int | None]
    local_staff: Mapped[int | None]
    local_suppliers: Mapped[int | None]
    given_by: Mapped[str]
    """supplier (by the link) or officer (told by phone or in a letter)."""
    reason: Mapped[str | None]
    """How the officer knows."""
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    entered_at: Mapped[datetime] = mapped_column(default=now)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None]


class OwnStaffPay(Record, Private):
    """What an anchor paid its own staff in a period, and how much of it to people who live in an area."""

    __tablename__ = "own_staff_pay"
    __table_args__ = (
        Index(
            "uq_own_staff_pay_in_force",
            "organisation_id",
            "area_id",
            "period",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("local_area.id", ondelete="CASCADE"), index=True)
    area_key: Mapped[str]
    """The definition the officer counted by; it counts for no other."""
    period: Mapped[str]
    """The code of the period."""
    pay_pence: Mapped[int] = mapped_column(Pence)
    local_pence: Mapped[int] = mapped_column(Pence)
    respent: Mapped[int | None]
    """Of every £100 they spend, how many in the area; none where no survey of staff says."""
    source: Mapped[str]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    entered_at: Mapped[datetime] = mapped_column(default=now)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    """When it was changed or taken back."""
