"""The watch over tenants itself: what it must let pass and what it must stop."""

import pytest
from sqlalchemy import insert, select, true
from sqlalchemy.orm import aliased

from procure.models import ConsortiumMember, Ledger, MonthlySpend, Payee, Payment, RoomMessage

from .tenancy import unguarded_tables

SAME = aliased(Payee)
MINE = select(ConsortiumMember.consortium_id).where(ConsortiumMember.organisation_id == 1)


@pytest.mark.parametrize(
    ("statement", "unguarded"),
    [
        (select(Payee.id).where(Payee.organisation_id == 1), set()),
        (select(Payee.id).where(Payee.id == 1), {"payee"}),
        (select(SAME.id).where(SAME.organisation_id == 1), set()),
        (select(SAME.id).where(SAME.id == 1), {"payee"}),
        (select(RoomMessage.id).where(RoomMessage.consortium_id == 1), {"room_message"}),
        (select(RoomMessage.id).where(RoomMessage.organisation_id == 1), {"room_message"}),
        (select(RoomMessage.id).where(RoomMessage.consortium_id.in_(MINE)), set()),
        (select(Payment.id).join(Ledger, true()).where(Ledger.organisation_id == 1), {"payment"}),
        (insert(MonthlySpend).values(organisation_id=1), set()),
        (
            insert(MonthlySpend).from_select(["pence"], select(Payment.pence).where(Payment.organisation_id == 1)),
            set(),
        ),
        (insert(MonthlySpend).from_select(["pence"], select(Payment.pence)), {"payment"}),
        (insert(MonthlySpend).from_select(["pence"], select(MonthlySpend.pence)), {"monthly_spend"}),
    ],
)
def test_a_statement_passes_only_where_each_private_table_names_its_organisation(
    statement: object, unguarded: set[str]
) -> None:
    assert unguarded_tables(statement) == unguarded
