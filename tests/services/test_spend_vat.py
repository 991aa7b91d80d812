"""VAT that a ledger tells apart is left out of what counts, or counted where an officer says so; never lost."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from procure.extensions import db
from procure.models import Ledger, LedgerMonth, MonthlySpend, Payee, Payment
from procure.places import outcode_area
from procure.services import rollups
from procure.services.actors import Actor
from procure.services.errors import RefusedError
from procure.services.multiplier import multiplier_money
from procure.services.shares import areas, shares, spend_periods, spend_rules, spend_vat

from .. import factories
from . import places

AREA = outcode_area("Around us", ["B18"])


def a_ledger_with(*lines: tuple[int, int | None, int | None], heading: str = "Net amount") -> tuple[Actor, Ledger]:
    """A confirmed ledger of one payee in the area; of each line the amount, its VAT and the amount with VAT."""
    anchor = factories.an_organisation(is_anchor=True)
    officer = places.an_officer(anchor)
    areas.save(None, "Around us", ["B18"], is_headline=True, by=officer)
    ledger = db.session.get_one(Ledger, places.a_ledger(anchor))
    ledger.sheets = [{"sheet": "April", "columns": [{"field": "amount", "heading": heading}], "total_pence": 1}]
    payee = Payee(organisation_id=anchor, name="Oak Care", state="unlinked")
    db.session.add(payee)
    db.session.flush()
    for row, (pence, vat, gross) in enumerate(lines, start=2):
        told = {"pence": pence, "vat_pence": vat, "gross_pence": gross, "supplier_postcode": "B18 5AA"}
        what = {"supplier": "Oak Care", "sheet": "April", "row": row, "paid_on": date(2026, 4, row)}
        db.session.add(Payment(organisation_id=anchor, ledger_id=ledger.id, payee_id=payee.id, **told, **what))
    db.session.flush()
    rollups.add(ledger)
    db.session.commit()
    return officer, ledger


def sums() -> tuple[int, ...]:
    columns = MonthlySpend.pence, MonthlySpend.vat_pence, MonthlySpend.vat_within_pence
    return tuple(int(each) for each in db.session.execute(select(*map(func.sum, columns))).one())


def counted(me: Actor) -> tuple[int, dict[str, int]]:
    """What counts as local, and what is left out by rule."""
    found = shares.local_spend(me.acting_for, AREA)
    return found.whole.local, {rule: share.local for rule, share, _ in found.excluded}


@pytest.mark.parametrize(
    ("heading", "line", "amount", "vat", "within"),
    [
        ("Net amount", (10_000, 2_000, 12_000), 10_000, 2_000, 0),
        ("Amount", (10_000, 2_000, None), 10_000, 2_000, 0),
        ("Amount", (10_000, None, 11_500), 10_000, 1_500, 0),
        ("Amount", (10_000, 1_999, 12_000), 10_000, 2_000, 0),
        ("Amount including VAT", (12_000, 2_000, None), 12_000, 2_000, 2_000),
        ("Gross", (12_000, None, None), 12_000, 0, 0),
        ("Amount", (10_000, None, None), 10_000, 0, 0),
        ("Net amount", (-10_000, -2_000, -12_000), -10_000, -2_000, 0),
    ],
)
def test_the_vat_of_a_line_is_what_its_columns_tell(
    make: Any, heading: str, line: tuple[int, int | None, int | None], amount: int, vat: int, within: int
) -> None:
    def story() -> None:
        me, _ = a_ledger_with(line, heading=heading)
        assert sums() == (amount, vat, within)
        assert db.session.scalar(select(LedgerMonth.vat_pence)) == vat
        assert spend_vat.told_vat(me.acting_for) == vat

    make(story)


def test_vat_is_left_out_until_an_officer_counts_it_and_nothing_is_lost_either_way(make: Any) -> None:
    def story() -> None:
        me, _ = a_ledger_with((10_000, 2_000, None), (500, None, None))
        assert counted(me) == (10_500, {"vat": 2_000})
        spend_rules.switch("vat", is_on=False, reason="We cannot claim it back", categories=[], seen=0, by=me)
        db.session.commit()
        assert counted(me) == (12_500, {})
        seen = spend_rules.standing(me.acting_for)["vat"].id
        spend_rules.switch("vat", is_on=True, reason="Now we can", categories=[], seen=seen, by=me)
        db.session.commit()
        assert counted(me) == (10_500, {"vat": 2_000})
        with pytest.raises(RefusedError):
            spend_rules.switch("vat", is_on=False, reason=" ", categories=[], seen=0, by=me)

    make(story)


def test_vat_within_an_amount_is_taken_out_of_it(make: Any) -> None:
    def story() -> None:
        me, _ = a_ledger_with((12_000, 2_000, None), heading="Amount incl VAT")
        assert counted(me) == (10_000, {"vat": 2_000})
        spend_rules.switch("vat", is_on=False, reason="We cannot claim it back", categories=[], seen=0, by=me)
        db.session.commit()
        assert counted(me) == (12_000, {})

    make(story)


def test_lines_another_rule_leaves_out_do_not_take_their_vat_into_what_counts(make: Any) -> None:
    def story() -> None:
        me, _ = a_ledger_with((10_000, 2_000, None))
        payee = db.session.scalars(select(Payee)).one()
        payee.kind = "public_body"
        spend_rules.switch("transfers", is_on=True, reason="Purchases only", categories=[], seen=0, by=me)
        db.session.commit()
        assert counted(me) == (0, {"transfers": 10_000, "vat": 2_000})
        spend_rules.switch("vat", is_on=False, reason="We cannot claim it back", categories=[], seen=0, by=me)
        db.session.commit()
        assert counted(me) == (0, {"transfers": 12_000})

    make(story)


def test_vat_is_never_part_of_lm3_whatever_the_officer_chose(make: Any) -> None:
    def story() -> None:
        me, _ = a_ledger_with((12_000, 2_000, None), (500, None, None), heading="Amount incl VAT")
        for is_on in (True, False):
            standing = spend_rules.standing(me.acting_for).get("vat")
            seen = standing.id if standing else 0
            spend_rules.switch("vat", is_on=is_on, reason="Board paper 7", categories=[], seen=seen, by=me)
            db.session.commit()
            area = areas.headline(me.acting_for)
            period = spend_periods.find_period(None, of=me.acting_for)
            assert area is not None
            assert period is not None
            money = multiplier_money.first_round(me.acting_for, area, period)
            assert (money.pence, money.ledger_pence, money.has_vat) == (10_500, 12_500, True)

    make(story)
