"""Sums kept ready for the pages about local share, and what an anchor leaves out of them. Private to the anchor."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Pence, Private, Record, now


class SpendSums(Record, Private):
    """One anchor's spend summed for one area: as of when, and what it was worked out from."""

    __tablename__ = "spend_sums"
    __table_args__ = (UniqueConstraint("organisation_id", "area_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_key: Mapped[str]
    """`Area.key` of the definition, whoever owns the area, and what is kept of it: see `spend_stamps`."""
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


class SpendRound(Record, Private):
    """The first round of LM3 of one area and period: what counts, what is left out, and what reached it in all."""

    __tablename__ = "spend_round"
    __table_args__ = (UniqueConstraint("sums_id", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sums_id: Mapped[int] = mapped_column(ForeignKey("spend_sums.id", ondelete="CASCADE"))
    period: Mapped[str]
    """The code of the period."""
    parties: Mapped[int]
    pence: Mapped[int] = mapped_column(Pence)
    persons_pence: Mapped[int] = mapped_column(Pence)
    received_pence: Mapped[int] = mapped_column(Pence)
    doubtful_pence: Mapped[int] = mapped_column(Pence)
    left_out: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Reason > [pence, payees]; with `pence` these add up to all confirmed payments of the period."""
    suppliers: Mapped[int]
    """How many may be asked about: those with a place in the order."""


class SpendParty(Record, Private):
    """A payee of a first round, and what it received in the area."""

    __tablename__ = "spend_party"
    __table_args__ = (
        Index("ix_spend_party_round_id_place", "round_id", "place"),
        Index("ix_spend_party_round_id_payee_id", "round_id", "payee_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("spend_round.id", ondelete="CASCADE"))
    payee_id: Mapped[int]
    """The payee that speaks for all its names; no foreign key, a payee may go before this is worked out again."""
    place: Mapped[int | None]
    """In the order in which suppliers are asked, from 1; None for people and for those who surely received nothing."""
    is_person: Mapped[bool]
    pence: Mapped[int] = mapped_column(Pence)
    received_pence: Mapped[int] = mapped_column(Pence)
    doubtful_pence: Mapped[int] = mapped_column(Pence)


class SpendDistrict(Record, Private):
    """What certainly stayed in one postcode district of an area: pence, payees, and the most that one of them got."""

    __tablename__ = "spend_district"
    __table_args__ = (UniqueConstraint("sums_id", "district"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sums_id: Mapped[int] = mapped_column(ForeignKey("spend_sums.id", ondelete="CASCADE"))
    district: Mapped[str]
    pence: Mapped[int] = mapped_column(Pence)
    payees: Mapped[int]
    largest_pence: Mapped[int] = mapped_column(Pence)


class SpendYear(Record, Private):
    """How an anchor's spend of a calendar year divides among payees; None where telling would show one of them."""

    __tablename__ = "spend_year"
    __table_args__ = (UniqueConstraint("sums_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sums_id: Mapped[int] = mapped_column(ForeignKey("spend_sums.id", ondelete="CASCADE"))
    year: Mapped[int]
    pence: Mapped[int] = mapped_column(Pence)
    payees: Mapped[int]
    concentration: Mapped[float | None]
    largest: Mapped[float | None]
    vcse: Mapped[float | None]


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
