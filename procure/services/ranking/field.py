"""The field of a lot: every registered enterprise that does this kind of work, read quickly.

Rows are read as plain columns, not as records: a page that counts 5,000 enterprises has 300 ms of processor time.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from ...extensions import db
from ...matching.words import stems
from ...models import Capability, Enterprise, Gate, Holding, Lot, Need, Organisation, Record
from ...models.enterprises import VCSE_FORMS
from ...rules import Holding as Held
from ...rules import Supplier
from ...rules.gates import is_same_name
from ..enterprises import offers
from ..enterprises.disclosure import interested_in, shares_details
from ..lots.gates import HOLDINGS_QUESTION
from .proposals import local_districts

FEW = 2_000
SME_PEOPLE = 250
SME_PENCE = 44_000_000_00
"""PPN 001: fewer than 250 staff, and turnover of at most £44 million."""


@dataclass(frozen=True)
class Member:
    """One enterprise of the field, with what may be counted of it. Unknown is None."""

    key: str
    name: str
    district: str | None
    is_local: bool
    is_vcse: bool | None
    is_sme: bool | None
    workforce: int | None
    supported: int | None
    legal_form: str
    capacity_pence: int | None
    supplier: Supplier


@dataclass(frozen=True)
class Field:
    """The enterprises that do the work of a lot, and how many are registered in all."""

    members: tuple[Member, ...]
    registered: int

    @property
    def suppliers(self) -> list[Supplier]:
        return [one.supplier for one in self.members]

    def only(self, ids: Collection[str]) -> list[Member]:
        return [one for one in self.members if one.key in ids]


def field_of(lot: Lot) -> Field:
    """Everybody registered who does the kind of work any need of the lot asks for."""
    is_kin = kin_test(lot.needs)
    columns = ("organisation_id", "statement", "cpv", "unit")
    said = db.session.execute(_rows(Capability, columns).where(_may_be_kin(lot.needs)))
    kin = {key for key, statement, cpv, unit in said.all() if is_kin(statement, cpv, unit)}
    held = _held(lot.gates, kin)
    local, interested = local_districts(lot.organisation_id), interested_in(lot.organisation_id)
    members = []
    for row in db.session.execute(_among(_profiles(), Enterprise, kin)).all():
        if row.organisation_id in kin:
            is_shared = shares_details(cast(Enterprise, row), interested)
            supplier = _supplier(row, held.get(row.organisation_id, []), is_shared=is_shared, local=local)
            members.append(_member(row, supplier))
    registered = db.session.scalar(
        select(func.count())
        .select_from(Enterprise)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Organisation.suspended_at.is_(None))
    )
    return Field(tuple(members), registered or 0)


def units_in(members: Sequence[Member], need: Need, stated: Mapping[str, Sequence[Any]]) -> int:
    """Units of a need these could carry together, by the rule of `offers`. stated: from `capabilities_of`."""
    kin = (SimpleNamespace(capabilities=stated.get(one.key, ())) for one in members)
    return sum(offers.units_for(need, cast(Enterprise, one)) for one in kin)


def capabilities_of(members: Sequence[Member]) -> dict[str, list[Any]]:
    """Key of each of these > what it states it can do."""
    ids = {int(one.key) for one in members}
    query = _rows(Capability, ("organisation_id", "statement", "cpv", "unit", "units"))
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in db.session.execute(_among(query, Capability, ids)).all() if ids else ():
        if row[0] in ids:
            grouped[str(row[0])].append(row)
    return grouped


def _profiles() -> Select[Any]:
    one, its = Enterprise.__table__.c, Organisation.__table__.c
    columns = (
        one.organisation_id, one.legal_form, one.turnover_pence, one.workforce, one.disadvantaged_workforce,
        one.capacity_pence, one.answered, one.registered_by_id, one.shares_details_at, its.name, its.postcode,
    )  # fmt: skip
    return (
        select(*columns)
        .join(Organisation.__table__, its.id == one.organisation_id)
        .where(its.suspended_at.is_(None))
        .order_by(one.organisation_id)
    )


def _rows(record: type[Record], names: Sequence[str]) -> Select[Any]:
    """These columns of a table as plain rows, in the order they were written."""
    columns = record.__table__.c
    return select(*(columns[name] for name in names)).order_by(columns.id)


def _among(query: Select[Any], record: type[Record], ids: Collection[int]) -> Select[Any]:
    """Only rows of these enterprises, where they are few; where they are many, all rows cost less than naming them."""
    return query.where(record.__table__.c.organisation_id.in_(ids)) if len(ids) <= FEW else query


def _held(gates: Sequence[Gate], kin: Collection[int]) -> dict[int, list[Held]]:
    """Enterprise > what it holds of the kinds the gates ask for, however the name is spelt."""
    asked = {gate.name for gate in gates if gate.kind != "turnover"}
    known = db.session.scalars(select(Holding.name).distinct()).all() if asked else []
    names = [name for name in known if any(is_same_name(name, one) for one in asked)]
    grouped: dict[int, list[Held]] = defaultdict(list)
    if names:
        query = _rows(Holding, ("organisation_id", "kind", "name", "amount_pence", "expires_on"))
        is_asked = Holding.__table__.c.name.in_(names)
        for key, *facts in db.session.execute(_among(query.where(is_asked), Holding, kin)).all():
            grouped[key].append(Held._make(facts))
    return grouped


def _supplier(row: Any, held: Sequence[Held], *, is_shared: bool, local: frozenset[str]) -> Supplier:
    return Supplier(
        id=str(row.organisation_id),
        holdings=(*held, Held("turnover", "Turnover", row.turnover_pence)),
        is_local=_district(row.postcode) in local,
        is_vcse=row.legal_form in VCSE_FORMS,
        is_shared=is_shared,
        has_answered=row.answered >= HOLDINGS_QUESTION,
    )


def _member(row: Any, supplier: Supplier) -> Member:
    return Member(
        key=supplier.id,
        name=row.name,
        district=_district(row.postcode),
        is_local=supplier.is_local,
        is_vcse=None if row.legal_form == "other" else supplier.is_vcse,
        is_sme=_is_sme(row.workforce, row.turnover_pence if supplier.is_shared else None),
        workforce=row.workforce,
        supported=row.disadvantaged_workforce,
        legal_form=row.legal_form,
        capacity_pence=row.capacity_pence,
        supplier=supplier,
    )


def _is_sme(people: int | None, turnover_pence: int | None) -> bool | None:
    """By staff and turnover; the balance sheet, which the rule also allows, is not known here."""
    if people is not None and people >= SME_PEOPLE:
        return False
    if people is None or turnover_pence is None or turnover_pence > SME_PENCE:
        return None
    return True


_district = lru_cache(maxsize=50_000)(offers.district_of)


def kin_test(needs: Sequence[Need]) -> Callable[[str, str | None, str | None], bool]:
    """Whether a capability, by its statement, CPV code and unit, is of the kind of any need.

    This is `offers.is_same_kind` with the needs' side of it worked out once.
    """
    sought = [(offers.plain_cpv(need.cpv) or "", frozenset(stems(need.name))) for need in needs]
    things = _things(needs)

    def is_kin(statement: str, cpv: str | None, unit: str | None) -> bool:
        theirs = _plain_cpv(cpv)
        if theirs and any(ours and _meets(ours, theirs) for ours, _ in sought):
            return True
        if things and _thing(unit) in things:
            return True
        said = _stems(statement)
        return any(wanted and 2 * len(wanted & said) >= len(wanted) for _, wanted in sought)

    return is_kin


def _may_be_kin(needs: Sequence[Need]) -> ColumnElement[bool]:
    """A rough sieve for the database: it lets through everything `kin_test` says yes to, and more.

    A stem differs from its word in its ending only, so the stem without its last letter stands in the statement.
    """
    said = Capability.__table__.c
    codes = {code[:2] for need in needs if (code := offers.plain_cpv(need.cpv))}
    beginnings = {stem.split("'")[0][:-1] for need in needs for stem in stems(need.name)}
    return or_(
        false(),
        *(said.cpv.like(f"%{code}%") for code in sorted(codes)),
        *(said.statement.ilike(f"%{letters}%") for letters in sorted(beginnings)),
        *(said.unit.ilike(f"%{max(thing, key=len)}%") for thing in sorted(map(sorted, _things(needs)))),
        said.statement.like("%&%;%"),
    )


def _things(needs: Sequence[Need]) -> frozenset[frozenset[str]]:
    """What is counted by the needs that state no code, where their units tell it."""
    found = (offers.counted_thing(need.unit) for need in needs if not offers.plain_cpv(need.cpv))
    return frozenset(thing for thing in found if thing)


def _meets(ours: str, theirs: str) -> bool:
    depth = 3 if theirs[2] != "0" and ours[2] != "0" else 2
    return theirs[:depth] == ours[:depth]


_plain_cpv = lru_cache(maxsize=20_000)(offers.plain_cpv)
_thing = lru_cache(maxsize=20_000)(offers.counted_thing)


@lru_cache(maxsize=50_000)
def _stems(statement: str) -> frozenset[str]:
    return frozenset(stems(statement))
