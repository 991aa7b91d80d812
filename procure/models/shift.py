"""The shift list as it was last worked out, and what officers said about its rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Pence, Private, Record, now
from .organisations import Person
from .payees import Payee

ANSWERED_ABOUT = ("influence", "contract", "health_care")


class ShiftRun(Record, Private):
    """One working out of an anchor's shift list; its sums follow what officers say about rows afterwards."""

    __tablename__ = "shift_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    first_month: Mapped[date] = mapped_column(Date)
    last_month: Mapped[date] = mapped_column(Date)
    area_name: Mapped[str]
    area_definition: Mapped[str]
    made_of: Mapped[str]
    """Digest of what it was worked out from; another digest now means that it is stale."""
    weights: Mapped[str]
    """Version of the engine's weights."""
    enterprises: Mapped[int]
    """How many enterprises of the area were asked about."""
    asked: Mapped[int]
    """How many different questions the engine was asked."""
    local_pence: Mapped[int] = mapped_column(Pence)
    doubtful_pence: Mapped[int] = mapped_column(Pence)
    stays_pence: Mapped[int] = mapped_column(Pence)
    with_somebody_pence: Mapped[int] = mapped_column(Pence)
    with_nobody_pence: Mapped[int] = mapped_column(Pence)
    home_low_pence: Mapped[int] = mapped_column(Pence)
    home_high_pence: Mapped[int] = mapped_column(Pence)
    home_expected_pence: Mapped[int] = mapped_column(Pence)

    @property
    def left_pence(self) -> int:
        return self.stays_pence + self.with_somebody_pence + self.with_nobody_pence

    @property
    def total_pence(self) -> int:
        return self.local_pence + self.doubtful_pence + self.left_pence


class ShiftRow(Record, Private):
    """What one payee was paid for one category in the year, and who here could do it."""

    __tablename__ = "shift_row"
    __table_args__ = (
        UniqueConstraint("organisation_id", "payee_id", "category"),
        Index("ix_shift_row_organisation_id_left_pence", "organisation_id", "left_pence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id", ondelete="CASCADE"), index=True)
    """The payee that speaks for its merged names."""
    category: Mapped[str] = mapped_column(default="")
    local_pence: Mapped[int] = mapped_column(Pence)
    doubtful_pence: Mapped[int] = mapped_column(Pence)
    left_pence: Mapped[int] = mapped_column(Pence)
    payments: Mapped[int]
    descriptions: Mapped[list[str]] = mapped_column(default=list)
    """The commonest texts of its payment lines, by money."""
    trades: Mapped[list[str]] = mapped_column(default=list)
    """SIC titles of the body the payee is linked to."""
    asked: Mapped[str]
    """How the engine was asked: words (category, descriptions and trades), category (alone) or nothing."""
    rule: Mapped[str]
    """Which rule decided, one of `spend.shift_rules.RULES`."""
    is_influenceable: Mapped[bool]
    """By the rule, or by what an officer said instead."""
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Enterprises of the area, likeliest first, with that day's probability, reasons, capacity and profile version."""
    has_candidate: Mapped[bool] = mapped_column(default=False)
    """Whether there is any."""
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """kind (alone, together, unsaid or part) and members: enterprise and pence; empty where nobody is found."""
    probability: Mapped[float | None]
    """Of the plan: the mean of its members' by the pounds they carry."""
    expected_pence: Mapped[int] = mapped_column(Pence)
    home_low_pence: Mapped[int] = mapped_column(Pence)
    home_high_pence: Mapped[int] = mapped_column(Pence)
    home_expected_pence: Mapped[int] = mapped_column(Pence)
    cpv: Mapped[str | None]
    """The CPV division its words suggest."""
    payee: Mapped[Payee] = relationship()

    @property
    def total_pence(self) -> int:
        return self.local_pence + self.doubtful_pence + self.left_pence


class ShiftAnswer(Record, Private):
    """What an officer said about a row, in force until it is taken back or replaced; it outlives a working out."""

    __tablename__ = "shift_answer"
    __table_args__ = (
        Index(
            "uq_shift_answer_in_force",
            "organisation_id",
            "payee_id",
            "category",
            "about",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    payee_id: Mapped[int] = mapped_column(ForeignKey("payee.id", ondelete="CASCADE"), index=True)
    category: Mapped[str] = mapped_column(default="")
    about: Mapped[str]
    """One of ANSWERED_ABOUT."""
    answer: Mapped[str]
    """influence: yes, or one of `spend.shift_rules.OFFICER_WHY`; contract: the day it ends; health_care: yes or no."""
    reason: Mapped[str]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime] = mapped_column(default=now)
    replaced_id: Mapped[int | None] = mapped_column(ForeignKey("shift_answer.id", ondelete="SET NULL"))
    """The answer that stood until this one; taking this one back puts that one in force again."""
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
