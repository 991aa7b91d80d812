"""One row of a capabilities file as the facts of a profile."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ...matching.words import stems
from ...models import Capability, Holding, OfferedValue
from ...social_value import measure_named, quantity_named


def facts_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """The profile a row makes. `told` has the fields of EnterpriseRow, days as ISO text; nothing in it is dropped.

    A website and social value that no measure of ours counts go to the end of the summary.
    """
    capabilities = _capabilities(told["what_they_do"], told["cpv"], told["capacity"])
    holdings = _holdings(told)
    offered = _offered(told["social_value"])
    facts: dict[str, Any] = {
        "legal_form": told["kind"] or "other",
        "legal_form_grade": "declared",
        "company_number": told["company_number"] or None,
        "charity_number": told["charity_number"] or None,
        "summary": _summary(told),
        "outcodes": list(told["areas"]),
        "capacity_pence": told["capacity_pence"],
        "turnover_pence": told["turnover_pence"],
        "contact_name": told["contact_name"],
        "contact_email": told["contact_email"],
        "contact_phone": told["telephone"],
        "capabilities": capabilities,
        "holdings": holdings,
        "offers": offered,
    }
    return {**facts, "answered": _answered(told, facts)}


def _summary(told: Mapping[str, Any]) -> str:
    does = "; ".join(told["what_they_do"])
    uncounted = [ask for ask in told["social_value"] if measure_named(ask["measure"]) is None]
    also = ", ".join(f"{ask['quantity']} {ask['measure']}" for ask in uncounted)
    return ". ".join(part for part in (does, also and f"Also offers {also}", told["website"]) if part)


def _capabilities(
    statements: Sequence[str], codes: Sequence[str], capacities: Sequence[Mapping[str, Any]]
) -> list[Capability]:
    """Statements with the code in the same place and the capacity that shares a word; what is left stands alone."""
    made = [Capability(statement=statement) for statement in statements]
    for capacity in capacities:
        wanted = set(stems(capacity["name"]))
        kin = (one for one in made if one.units is None and wanted & set(stems(one.statement)))
        one = next(kin, None)
        if one is None:
            one = Capability(statement=capacity["name"])
            made.append(one)
        one.units, one.unit = capacity["units"], capacity["unit"]
    for place, code in enumerate(codes):
        if place == len(made):
            made.append(Capability(statement=f"Work under CPV code {code}"))
        made[place].cpv = code
    return made


def _holdings(told: Mapping[str, Any]) -> list[Holding]:
    holdings = []
    if told["insurance_pence"]:
        holdings.append(Holding(kind="insurance", name="Public liability", amount_pence=told["insurance_pence"]))
    for certificate in told["certificates"]:
        expires_on = certificate["expires_on"]
        holdings.append(
            Holding(
                kind="certificate",
                name=certificate["name"],
                expires_on=date.fromisoformat(expires_on) if expires_on else None,
            )
        )
    return holdings


def _offered(asks: Sequence[Mapping[str, Any]]) -> list[OfferedValue]:
    """A measure named twice is added up."""
    totals: dict[str, int] = {}
    for ask in asks:
        spoken = ask["measure"]
        if measure := measure_named(spoken):
            totals[measure] = totals.get(measure, 0) + quantity_named(spoken, ask["quantity"])
    return [OfferedValue(measure=measure, quantity=quantity) for measure, quantity in sorted(totals.items())]


def _answered(told: Mapping[str, Any], facts: Mapping[str, Any]) -> int:
    """How many of the six questions the row answers, up to the first it leaves open."""
    given = (
        bool(told["postcode"] and told["kind"]),
        bool(facts["capabilities"]),
        bool(facts["outcodes"]),
        facts["capacity_pence"] is not None or facts["turnover_pence"] is not None,
        bool(facts["holdings"] or facts["offers"]),
        bool(facts["contact_email"]),
    )
    return next((place for place, is_given in enumerate(given) if not is_given), len(given))
