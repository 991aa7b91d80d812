"""The local share from what is stored: every penny placed or said not to be, and always as the world is now."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from procure.extensions import db
from procure.models import Ledger, MonthlySpend, Organisation, Payee, Upload
from procure.places import outcode_area
from procure.services.shares import shares

from .. import factories

AREA = outcode_area("Around us", ["B18", "B19"])


def spend(anchor: int, rows: list[dict[str, Any]]) -> None:
    """Confirmed spend; each row may say payee, enterprise, state, postcode, month, category, pence."""
    upload = Upload(
        organisation_id=anchor, kind="ledger", filename="a", stored_name=f"s{anchor}", sha256="", size_bytes=1
    )
    db.session.add(upload)
    db.session.flush()
    ledger = Ledger(organisation_id=anchor, upload_id=upload.id, state="confirmed")
    db.session.add(ledger)
    for number, row in enumerate(rows):
        payee = Payee(
            organisation_id=anchor,
            name=f"Payee {number}",
            enterprise_id=row.get("enterprise"),
            state=row.get("state", "accepted" if row.get("enterprise") else "unlinked"),
        )
        db.session.add(payee)
        db.session.flush()
        db.session.add(
            MonthlySpend(
                organisation_id=anchor,
                ledger_id=ledger.id,
                payee_id=payee.id,
                month=row.get("month", date(2026, 1, 1)),
                category=row.get("category", ""),
                postcode=row.get("postcode", ""),
                payments=1,
                pence=row["pence"],
            )
        )
    factories.add_up(anchor)


def parts(anchor: int) -> tuple[int, int, int]:
    whole = shares.local_spend(anchor, AREA).whole
    return whole.local, whole.elsewhere, whole.unplaced


def test_the_postcode_on_the_line_wins_over_the_enterprise(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        local = factories.an_enterprise(postcode="B18 5AA")
        spend(
            anchor,
            [
                {"pence": 1, "enterprise": local, "postcode": "M1 1AE"},
                {"pence": 20, "enterprise": local},
                {"pence": 300},
                {"pence": 4000, "postcode": "B19 1AA"},
            ],
        )
        assert parts(anchor) == (4020, 1, 300)

    make(story)


@pytest.mark.parametrize("state", ["review", "unlinked", "rejected"])
def test_a_doubtful_link_places_no_money(make: Any, state: str) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        spend(anchor, [{"pence": 5, "enterprise": factories.an_enterprise(postcode="B18 5AA"), "state": state}])
        assert parts(anchor) == (0, 0, 5)

    make(story)


def test_money_moves_with_the_enterprise(make: Any) -> None:
    def story() -> None:
        anchor, enterprise = factories.an_anchor(), factories.an_enterprise(postcode="B18 5AA")
        spend(anchor, [{"pence": 7, "enterprise": enterprise}])
        assert parts(anchor) == (7, 0, 0)
        db.session.execute(update(Organisation).where(Organisation.id == enterprise).values(postcode="M1 1AE"))
        db.session.commit()
        assert parts(anchor) == (0, 7, 0)
        db.session.execute(update(Organisation).where(Organisation.id == enterprise).values(postcode=None))
        db.session.commit()
        assert parts(anchor) == (0, 0, 7)

    make(story)


def test_another_anchors_money_is_never_counted(make: Any) -> None:
    def story() -> None:
        anchor, other = factories.an_anchor(), factories.an_anchor()
        spend(anchor, [{"pence": 7, "postcode": "B18 5AA"}])
        spend(other, [{"pence": 900, "postcode": "B18 5AA"}])
        assert parts(anchor) == (7, 0, 0)
        assert {row.anchor_id for row in shares.spend_of([anchor, other])} == {anchor, other}

    make(story)


def test_without_spend_the_share_is_not_known(make: Any) -> None:
    def story() -> None:
        whole = shares.local_spend(factories.an_anchor(), AREA).whole
        assert (whole.total, whole.low, whole.high) == (0, None, None)

    make(story)


rows = st.fixed_dictionaries(
    {
        "pence": st.integers(-(10**12), 10**12),
        "postcode": st.sampled_from(["", "B18 5AA", "B19 1AA", "M1 1AE", "not a postcode"]),
        "month": st.sampled_from([date(2025, 12, 1), date(2026, 1, 1), date(2026, 5, 1)]),
        "category": st.sampled_from(["", "Food", "Cleaning"]),
    }
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(given_rows=st.lists(rows, max_size=25))
def test_every_cut_adds_up_to_every_penny(make: Any, given_rows: list[dict[str, Any]]) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        spend(anchor, given_rows)
        found = shares.local_spend(anchor, AREA)
        total = sum(row["pence"] for row in given_rows)
        assert found.whole.local + found.whole.elsewhere + found.whole.unplaced == total
        for cut in (found.months, found.quarters, found.categories):
            assert sum(share.local for _, share in cut) == found.whole.local
            assert sum(share.elsewhere for _, share in cut) == found.whole.elsewhere
            assert sum(share.unplaced for _, share in cut) == found.whole.unplaced
        expected = sum(row["pence"] for row in given_rows if row["postcode"][:3] in ("B18", "B19"))
        assert found.whole.local == expected

    make(story)
