"""Sums kept ready for the pages about local share, and what an anchor leaves out of them. Private to the anchor."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Pence, Private, Record, now


class SpendSums(Record, Private):
    """One anchor's spend summed for one area: as of when, and what it was worked out from."""

    __tablename__ = "spend_sums"
    __table_args__ = (UniqueConstraint("organisation_id", "area_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_key: Mapped[str]
    """`Area.key` of the definition, whoever owns the area; ends in "/before" for boundaries before the newest."""
    stamp: Mapped[str]
    """Of everything the sums depend on; another stamp now means that they are out of date."""
    worked_out_at: Mapped[datetime] = mapped_column(default=now)


class SpendCell(Record, Private):
    """One cell of a cut: pence of one month and key, split three ways."""

    __tablename__ = "spend_cell"
    __table_args__ = (Index("ix_spend_cell_sums_id_cut_month", "sums_id", "cut", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sums_id: Mapped[int] = mapped_column(ForeignKey("spend_sums.id", ondelete="CASCADE"))
    cut: Mapped[str]
    """One of `spend.cuts.CUTS`."""
    month: Mapped[date | None] = mapped_column(Date)
    """First day of the month; None stands for all months together, as for suppliers."""
    key: Mapped[str]
    local: Mapped[int] = mapped_column(Pence)
    elsewhere: Mapped[int] = mapped_column(Pence)
    unplaced: Mapped[int] = mapped_column(Pence)
    local_shared: Mapped[int] = mapped_column(Pence)
    elsewhere_shared: Mapped[int] = mapped_column(Pence)
    payments: Mapped[int]


class SpendRule(Record, Private):
    """A rule that leaves money out of the local share, as an officer set it with a reason; the one not ended stands."""

    __tablename__ = "spend_rule"
    __table_args__ = (
        Index(
            "uq_spend_rule_in_force",
            "organisation_id",
            "rule",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str]
    """One of `spend.exclusions.RULES`."""
    is_on: Mapped[bool]
    categories: Mapped[list[str]] = mapped_column(default=list)
    """The publisher's categories it leaves out, where the rule goes by category."""
    reason: Mapped[str]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
