"""What a buyer answered about the law of a lot and about its gates: the reasons record."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Private, Record, now
from .organisations import Person


class LawfulAnswer(Record, Private):
    """One answer with its reason; rows are only added, and the latest about a subject stands."""

    __tablename__ = "lawful_answer"
    __table_args__ = (Index("ix_lawful_answer_lot_id_about", "lot_id", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id", ondelete="CASCADE"))
    about: Mapped[str]
    """facts, health_care, regime, reservation or gate."""
    subject: Mapped[str] = mapped_column(default="")
    """Which gate, by kind and name: a gate's row is made anew whenever the lot is changed."""
    answer: Mapped[str]
    told: Mapped[str] = mapped_column(default="")
    """The answer in words, as the page said it that day."""
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[Person | None] = relationship()
