"""Lots and answers as JSON, for those who script and measure."""

from collections.abc import Mapping
from typing import Any

from .cover import Cover, Member, Nearest, Proposal, Requirement
from .instance import Enterprise, Gates, Instance, Need


def instance_from_json(given: object) -> Instance:
    """A lot from parsed JSON.

    raises  ValueError naming what is missing or cannot be meant
    """
    if not isinstance(given, dict):
        raise ValueError("A lot must be a JSON object")
    needs = tuple(_need(one) for one in _list(given, "needs"))
    instance = Instance(
        needs,
        tuple(_enterprise(one) for one in _list(given, "enterprises")),
        _gates(given.get("gates") or {}),
        form=given.get("form") or "joint",
        max_members=_whole(given, "max_members"),
        min_local=_whole(given, "min_local") or 0,
        excluded_pairs=tuple(_pair(one) for one in given.get("excluded_pairs") or []),
        alternatives=_whole(given, "alternatives") or 0,
    )
    value = _whole(given, "value_pence")
    if value is not None and value != instance.value_pence:
        raise ValueError(f"The needs are worth {instance.value_pence} pence together, but the lot {value}")
    return instance


def _list(given: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    listed = given.get(key, [])
    if not isinstance(listed, list) or not all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in listed
    ):
        raise ValueError(f"{key} must be a list of objects, each with an id in quotation marks")
    return listed


def _need(given: Mapping[str, Any]) -> Need:
    units = _number(given, "units")
    if units is None:
        raise ValueError(f"Need {given['id']}: say how many units")
    return Need(given["id"], units, _whole(given, "value_pence") or 0)


def _enterprise(given: Mapping[str, Any]) -> Enterprise:
    certificates = given.get("certificates") or []
    if not isinstance(certificates, list):
        raise ValueError(f"Enterprise {given['id']}: certificates must be a list")
    return Enterprise(
        given["id"],
        _numbers(given, "capacity"),
        _numbers(given, "fit"),
        _whole(given, "capacity_pence"),
        _whole(given, "turnover_pence") or 0,
        _whole(given, "insurance_pence") or 0,
        frozenset(str(name) for name in certificates),
        given.get("local") is True,
    )


def _gates(given: Mapping[str, Any]) -> Gates:
    if not isinstance(given, dict):
        raise ValueError("gates must be an object")
    each, some = given.get("certificates_each") or [], given.get("certificates_any") or []
    if not isinstance(each, list) or not isinstance(some, list):
        raise ValueError("certificates_each and certificates_any must be lists")
    return Gates(
        _whole(given, "turnover_pence"),
        _whole(given, "insurance_pence"),
        tuple(str(name) for name in each),
        tuple(str(name) for name in some),
    )


def _pair(given: object) -> tuple[str, str]:
    if not isinstance(given, list) or len(given) != 2:
        raise ValueError(f"An excluded pair is two ids, not {given!r}")
    return str(given[0]), str(given[1])


def _number(given: Mapping[str, Any], key: str) -> float | None:
    value = given.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{key} must be a number, not {value!r}")
    return value


def _whole(given: Mapping[str, Any], key: str) -> int | None:
    value = _number(given, key)
    if value is None:
        return None
    if value != int(value) if abs(value) < float("inf") else True:
        raise ValueError(f"{key} must be a whole number, not {value!r}")
    return int(value)


def _numbers(given: Mapping[str, Any], key: str) -> dict[str, float]:
    listed = given.get(key) or {}
    if not isinstance(listed, dict):
        raise ValueError(f"{given['id']}: {key} must be an object of needs and numbers")
    return {name: _number(listed, name) or 0.0 for name in listed}


def cover_to_json(cover: Cover) -> dict[str, Any]:
    """The answer as plain values, keys in the contract's order."""
    best = cover.best
    return {
        "status": "unproved" if not cover.is_proved else "infeasible" if best is None else "optimal",
        "objective": None if best is None else best.objective,
        "members": [] if best is None else _members(best.members),
        "alternatives": [_proposal(one) for one in cover.alternatives],
        "if_lost": {name: [_requirement(one) for one in broken] for name, broken in (cover.if_lost or {}).items()},
        "certificate": None if cover.certificate is None else [_requirement(one) for one in cover.certificate],
        "nearest": None if cover.nearest is None else _nearest(cover.nearest),
        "seconds": round(cover.seconds, 4),
    }


def _nearest(nearest: Nearest) -> dict[str, Any]:
    told: dict[str, Any] = {"members": _members(nearest.members), "lacks": [_requirement(one) for one in nearest.lacks]}
    return told if nearest.is_proved else told | {"proved": False}


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {"objective": proposal.objective, "members": _members(proposal.members)}


def _members(members: tuple[Member, ...]) -> list[dict[str, Any]]:
    return [{"id": one.id, "units": dict(one.units), "share": one.share, "lead": one.lead} for one in members]


def _requirement(one: Requirement) -> dict[str, Any]:
    named = list(one.id) if isinstance(one.id, tuple) else one.id
    told: dict[str, Any] = {"kind": one.kind, "id": named, "message": one.message}
    return told if one.short is None else told | {"short": one.short}
