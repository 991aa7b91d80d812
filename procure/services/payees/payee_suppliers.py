"""Which payees of an anchor are one supplier, so that its money is counted together however its name is written."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from flask import current_app
from sqlalchemy import BigInteger, ColumnElement, case, cast, func, select

from ...extensions import db
from ...matching.payees.together import Known, suppliers_among, written_key
from ...models import Organisation, Payee, RegisteredBody
from ...models.payees import LINKED
from ..reference.locations import AT_ONCE

SETTLED_OTHERWISE = ("rejected", "person")
KEPT, MOST_KEPT = "suppliers of anchors", 8


def heads_of(of: int) -> dict[int, int]:
    """Every payee of an anchor > the payee that speaks for its supplier.

    Each process keeps what it worked out for the last few anchors, as long as their payees stand as they did.
    """
    kept: dict[int, tuple[tuple[int, ...], dict[int, int]]] = current_app.extensions.setdefault(KEPT, {})
    standing = standing_of(of)
    found = kept.pop(of, None)
    if found is None or found[0] != standing:
        found = standing, _work_out(of)
    kept[of] = found
    for oldest in list(kept)[:-MOST_KEPT]:
        kept.pop(oldest, None)
    return found[1]


def standing_of(of: int) -> tuple[int, ...]:
    """How the payees of an anchor stand, in three numbers: others as soon as one is added, linked, merged, settled or
    split. Sums of ids are weighted, so that two links that change places show."""
    mixed = 1 + cast(Payee.id, BigInteger) % 1009
    states = {"accepted": 1, "confirmed": 1, "person": 2, "public_body": 3, "rejected": 4}
    facts = (
        func.coalesce(Payee.body_id, 0) * 3
        + func.coalesce(Payee.enterprise_id, 0) * 5
        + func.coalesce(Payee.merged_into_id, 0) * 7
        + case(states, value=Payee.state, else_=0) * 11
        + case({"person": 1, "public_body": 2}, value=Payee.kind, else_=0) * 13
        + func.coalesce(Payee.split_of_id, 0) * 17
        + case((Payee.split_by.is_(None), 0), else_=1) * 19
        + func.length(Payee.name) * 23
    )
    query = select(func.count(), func.max(Payee.id), func.sum(facts * mixed)).where(Payee.organisation_id == of)
    return tuple(int(value or 0) for value in db.session.execute(query).one())


def _work_out(of: int) -> dict[int, int]:
    rows = db.session.execute(
        select(
            Payee.id, Payee.name, Payee.state, Payee.kind, Payee.body_id, Payee.enterprise_id, Payee.merged_into_id,
            Payee.split_of_id, Payee.split_by,
        ).where(Payee.organisation_id == of)
    )  # fmt: skip
    return suppliers_among(
        Known(
            row.id,
            row.merged_into_id or row.id,
            row.name,
            _organisation(row.enterprise_id, row.body_id) if row.state in LINKED else None,
            may_follow=row.state not in SETTLED_OTHERWISE
            and row.kind != "person"
            and row.split_of_id is None
            and row.split_by is None,
        )
        for row in rows
    )


def count_names(of: int) -> Counter[int]:
    """How many names in ledgers each supplier has, by the payee that speaks for it."""
    return Counter(heads_of(of).values())


def head_of(payee_id: int, *, of: int) -> int:
    """The payee that speaks for the supplier of this one."""
    return heads_of(of).get(payee_id, payee_id)


def names_with(payee_id: int, *, of: int) -> list[int]:
    """Every payee that is one supplier with this one, itself among them; the one that speaks for it comes last."""
    heads = heads_of(of)
    head = heads.get(payee_id, payee_id)
    return [*sorted(each for each, speaks in heads.items() if speaks == head != each), head]


class Called(NamedTuple):
    """What a supplier is called, how the ledger spells the payee that speaks for it, and that payee's state."""

    name: str
    in_ledger: str
    state: str

    @property
    def spelling(self) -> str:
        """How the ledger has it, where that is another name; "" where it differs only in capitals, signs or Ltd."""
        return other_spelling(self.name, self.in_ledger)


def other_spelling(name: str, in_ledger: str) -> str:
    """The ledger's spelling where it tells more than the name does; "" where it does not."""
    return "" if written_key(name) == written_key(in_ledger) else in_ledger


def own_name() -> ColumnElement[str]:
    """Of a payee in a query: as the organisation it is surely linked to calls itself, else as the ledger has it."""
    is_linked = Payee.state.in_(LINKED)
    told = (
        select(Organisation.name).where(Organisation.id == Payee.enterprise_id, is_linked),
        select(RegisteredBody.name).where(RegisteredBody.id == Payee.body_id, is_linked),
    )
    return func.coalesce(*(query.correlate(Payee).scalar_subquery() for query in told), Payee.name)


def names_of(of: int, payee_ids: Sequence[int]) -> dict[int, Called]:
    """What suppliers are called, by the payee that speaks for each; its state tells whether it is a person."""
    query = select(Payee.id, own_name(), Payee.name, Payee.state).where(Payee.organisation_id == of)
    found: dict[int, Called] = {}
    for start in range(0, len(payee_ids), AT_ONCE):
        rows = db.session.execute(query.where(Payee.id.in_(payee_ids[start : start + AT_ONCE])))
        found |= {payee_id: Called(*told) for payee_id, *told in rows}
    return found


def _organisation(enterprise_id: int | None, body_id: int | None) -> tuple[str, int] | None:
    if enterprise_id is not None:
        return "enterprise", enterprise_id
    return None if body_id is None else ("body", body_id)
