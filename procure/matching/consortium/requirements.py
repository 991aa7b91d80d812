"""What a lot asks of a consortium as a whole, and which of it a set of enterprises breaks, in exact numbers."""

from collections.abc import Collection, Iterable

from .cover import Requirement
from .instance import Enterprise, Instance


def list_requirements(instance: Instance) -> list[Requirement]:
    """Everything the lot asks, in the order it is told to people: needs, gates, then limits."""
    needs = [Requirement("need", need.id) for need in instance.needs]
    return needs + _gates(instance) + _pairs(instance, {enterprise.id for enterprise in instance.enterprises})


def _gates(instance: Instance) -> list[Requirement]:
    gates, asked = instance.gates, []
    if gates.turnover_pence:
        asked.append(Requirement("turnover"))
    if gates.insurance_pence:
        asked.append(Requirement("insurance"))
    asked += [Requirement("certificate_each", name) for name in dict.fromkeys(gates.certificates_each)]
    asked += [Requirement("certificate_any", name) for name in dict.fromkeys(gates.certificates_any)]
    if instance.min_local > 0:
        asked.append(Requirement("min_local"))
    if instance.max_members is not None:
        asked.append(Requirement("max_members"))
    return asked


def _pairs(instance: Instance, present: Collection[str]) -> list[Requirement]:
    """The excluded pairs of whom both are present."""
    pairs = (pair for pair in instance.excluded_pairs if pair[0] in present and pair[1] in present)
    return [Requirement("excluded_pair", pair) for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]


def joint_gates(instance: Instance) -> list[tuple[str, object]]:
    """The gates that a set meets as a whole, in the order of a programme's rows."""
    kinds = ("turnover", "certificate_any", "min_local")
    asked = [(one.kind, one.id) for one in _gates(instance) if one.kind in kinds]
    return sorted(asked, key=lambda key: kinds.index(key[0]))


def may_join(enterprise: Enterprise, instance: Instance, asked: Collection[tuple[str, object]]) -> bool:
    """Whether one enterprise alone holds what each member must hold."""
    gates = instance.gates
    if ("insurance", None) in asked and enterprise.insurance_pence < (gates.insurance_pence or 0):
        return False
    each = (name for name in gates.certificates_each if ("certificate_each", name) in asked)
    return all(name in enterprise.certificates for name in each)


def broken_gates(members: Collection[Enterprise], instance: Instance) -> list[Requirement]:
    """Every requirement but the needs that these members break, counted in whole pence and heads."""
    broken = [one for one in _gates(instance) if not _is_met(one, members, instance)]
    return broken + _pairs(instance, {member.id for member in members})


def _is_met(asked: Requirement, members: Collection[Enterprise], instance: Instance) -> bool:
    gates = instance.gates
    if asked.kind == "turnover":
        return _meets_turnover(members, instance)
    if asked.kind == "insurance":
        return all(member.insurance_pence >= (gates.insurance_pence or 0) for member in members)
    if asked.kind == "certificate_each":
        return all(asked.id in member.certificates for member in members)
    if asked.kind == "certificate_any":
        return any(asked.id in member.certificates for member in members)
    if asked.kind == "min_local":
        return sum(member.local for member in members) >= instance.min_local
    return instance.max_members is None or len(members) <= instance.max_members


def _meets_turnover(members: Collection[Enterprise], instance: Instance) -> bool:
    gate = instance.gates.turnover_pence or 0
    if instance.form == "lead":
        return any(member.turnover_pence >= gate for member in members)
    return sum(member.turnover_pence for member in members) >= gate


def keys(requirements: Iterable[Requirement]) -> frozenset[tuple[str, object]]:
    """Requirements without their words, for telling which are asked."""
    return frozenset((asked.kind, asked.id) for asked in requirements)
