"""Ledgers on both databases: stored whole, confirmed once, gone without a trace."""

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from procure import jobs
from procure.extensions import db
from procure.models import Ledger, MonthlySpend, Payee, Payment, Refusal
from procure.services.actors import Actor
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.ledgers import ledger_columns, ledgers
from procure.services.payees import payee_checks

from .. import factories


def an_officer(anchor: int) -> Actor:
    return Actor(factories.a_person(), "Ann", "ann@example.org", anchor, "Anchor", frozenset({"anchor:finance"}))


def a_csv(rows: list[tuple[str, str, str, str, str]]) -> bytes:
    lines = ["Supplier,Amount,Date,Category,Supplier Postcode"]
    return "\n".join([*lines, *('"{}",{},{},"{}",{}'.format(*row) for row in rows)]).encode()


ROWS = [
    ("Canal Kitchen CIC", "10.00", "01/04/2026", "Food", ""),
    ("Canal Kitchen CIC", "-2.50", "02/04/2026", "Food", "B18 5AA"),
    ("Lock Cleaning", "0.01", "30/04/2026", "", ""),
]


def read(content: bytes, officer: Actor, name: str = "ledger.csv") -> int:
    """Receive a file and do the work; the ledger's id."""
    receipt = ledgers.receive(name, io.BytesIO(content), by=officer)
    db.session.commit()
    jobs.run_all()
    assert receipt.ledger_id
    return receipt.ledger_id


def confirm(ledger: int, officer: Actor) -> None:
    seen = ledgers.find(ledger, of=officer.acting_for).total_pence
    ledgers.confirm(ledger, seen, by=officer)
    db.session.commit()


def test_everything_read_is_stored_with_the_ledger(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        ledger = ledgers.find(read(a_csv([*ROWS, ("Bad", "x", "01/04/2026", "", "")]), officer), of=officer.acting_for)
        assert (ledger.state, ledger.payments_count, ledger.refused_count) == ("unconfirmed", 3, 1)
        assert ledger.total_pence == 751
        assert db.session.scalar(select(func.sum(Payment.pence))) == 751
        assert db.session.scalar(select(func.count(Payee.id))) == 2
        assert db.session.scalars(select(Refusal)).one().value == "x"
        assert ledger.sheets[0]["rows"] == sum(ledger.sheets[0]["counts"].values()) == 5

    make(story)


def test_reading_a_ledger_again_replaces_its_rows(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        ledger = read(a_csv(ROWS), officer)
        ledger_columns.correct_columns(ledger, "", {"supplier": 3}, by=officer)
        db.session.commit()
        jobs.run_all()
        names = set(db.session.scalars(select(Payment.supplier).where(Payment.ledger_id == ledger)))
        assert names == {"Food"}

    make(story)


def test_two_ledgers_share_a_payee(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        read(a_csv(ROWS), officer)
        read(a_csv([*ROWS, ("New Firm", "1", "01/05/2026", "", "")]), officer)
        assert db.session.scalar(select(func.count(Payee.id))) == 3

    make(story)


def test_a_name_as_long_as_a_cell_is_kept(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        name = "Ltd " * 1000
        ledger = read(a_csv([(name, "5.00", "01/04/2026", name, "")]), officer)
        confirm(ledger, officer)
        assert db.session.scalar(select(func.sum(MonthlySpend.pence))) == 500

    make(story)


def test_only_one_of_two_confirmations_counts(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        ledger = read(a_csv(ROWS), officer)
        confirm(ledger, officer)
        with pytest.raises(ConflictError):
            ledgers.confirm(ledger, 751, by=officer)
        db.session.rollback()
        assert db.session.scalar(select(func.sum(MonthlySpend.pence))) == 751

    make(story)


def test_the_same_file_counts_twice_only_where_somebody_says_so(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        confirm(read(a_csv(ROWS), officer), officer)
        waiting = ledgers.receive("copy.csv", io.BytesIO(a_csv(ROWS)), by=officer)
        assert waiting.ledger_id is None
        copy = ledgers.read_again(waiting.upload_id, by=officer).ledger_id
        db.session.commit()
        jobs.run_all()
        assert copy
        with pytest.raises(RefusedError, match="counts already"):
            ledgers.confirm(copy, 751, by=officer)
        ledgers.confirm(copy, 751, by=officer, counts_twice=True)
        db.session.commit()
        assert db.session.scalar(select(func.sum(MonthlySpend.pence))) == 2 * 751

    make(story)


def test_a_ledger_discarded_while_it_is_read_stores_nothing(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        receipt = ledgers.receive("a.csv", io.BytesIO(a_csv(ROWS)), by=officer)
        db.session.commit()
        assert receipt.ledger_id
        ledgers.discard(receipt.ledger_id, by=officer)
        db.session.commit()
        jobs.run_all()
        assert db.session.scalar(select(func.count(Payment.id))) == 0
        assert db.session.scalar(select(Ledger.state)) == "discarded"

    make(story)


def test_discarding_one_ledger_leaves_the_others_and_what_people_decided(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        first = read(a_csv(ROWS), officer)
        second = read(a_csv([("Lock Cleaning", "7.00", "01/05/2026", "", "")]), officer, "may.csv")
        confirm(first, officer)
        confirm(second, officer)
        ledgers.discard(first, by=officer)
        db.session.commit()
        assert db.session.scalar(select(func.sum(MonthlySpend.pence))) == 700
        assert list(db.session.scalars(select(Payee.name))) == ["Lock Cleaning"]

    make(story)


def test_a_stranger_finds_no_ledger(make: Any) -> None:
    def story() -> None:
        ledger = read(a_csv(ROWS), an_officer(factories.an_anchor()))
        stranger = an_officer(factories.an_anchor())
        for act in (ledgers.discard, ledgers.try_again):
            with pytest.raises(NotFoundError):
                act(ledger, by=stranger)

    make(story)


def test_work_that_was_given_up_can_be_tried_again(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        receipt = ledgers.receive("a.csv", io.BytesIO(a_csv(ROWS)), by=officer)
        assert receipt.ledger_id
        job = ledgers.job_of(ledgers.find(receipt.ledger_id, of=officer.acting_for))
        assert job
        with pytest.raises(ConflictError):
            ledgers.try_again(receipt.ledger_id, by=officer)
        job.state = "parked"
        db.session.commit()
        ledgers.try_again(receipt.ledger_id, by=officer)
        db.session.commit()
        jobs.run_all()
        assert ledgers.find(receipt.ledger_id, of=officer.acting_for).state == "unconfirmed"

    make(story)


amounts = st.integers(-(10**9), 10**9)
lines = st.tuples(
    st.sampled_from(["Canal Kitchen CIC", "Lock Cleaning", "Ünïcode & Sons"]),
    amounts,
    st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 6, 30)),
    st.sampled_from(["", "Food", "Cleaning"]),
    st.sampled_from(["", "B18 5AA", "M1 1AE"]),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=st.lists(lines, min_size=1, max_size=40))
def test_sums_by_month_equal_the_payments_to_the_penny(make: Any, rows: list[Any]) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        written = [
            (name, f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}", f"{day:%d/%m/%Y}", kind, at)
            for name, pence, day, kind, at in rows
        ]
        ledger = read(a_csv(written), officer)
        confirm(ledger, officer)
        expected: dict[tuple[int, int], int] = {}
        for _, pence, day, _, _ in rows:
            expected[day.year, day.month] = expected.get((day.year, day.month), 0) + pence
        found = db.session.execute(
            select(MonthlySpend.month, func.sum(MonthlySpend.pence))
            .where(MonthlySpend.ledger_id == ledger)
            .group_by(MonthlySpend.month)
        )
        assert {(month.year, month.month): int(pence) for month, pence in found} == expected

    make(story)


def test_confirming_has_the_payees_checked(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        ledger = read(a_csv(ROWS), officer)
        assert payee_checks.count_stale(anchor) == 0
        confirm(ledger, officer)
        assert payee_checks.open_job(anchor)
        jobs.run_all()
        assert payee_checks.count_stale(anchor) == 0

    make(story)
