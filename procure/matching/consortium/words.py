"""Requirements as sentences."""

from .cover import Requirement
from .instance import Instance


def tell(requirement: Requirement, instance: Instance, short: float | None = None) -> Requirement:
    """The requirement with a sentence a person can act on; short is how many units are missing."""
    return Requirement(requirement.kind, requirement.id, _sentence(requirement, instance, short), short)


def _sentence(requirement: Requirement, instance: Instance, short: float | None) -> str:
    kind, name, gates = requirement.kind, requirement.id, instance.gates
    if kind == "need":
        units = {need.id: need.units for need in instance.needs}[str(name)]
        wanted = f"{_title(str(name))} needs {_count(units)}"
        return wanted if short is None else f"{_title(str(name))} is short by {_count(short)}"
    if kind == "turnover":
        whose = "One member's own" if instance.form == "lead" else "The members' joint"
        return f"{whose} turnover must be {_pounds(gates.turnover_pence or 0)} a year or more"
    if kind == "insurance":
        return f"Every member must hold {_pounds(gates.insurance_pence or 0)} of insurance or more"
    if kind == "excluded_pair":
        assert isinstance(name, tuple)
        return f"{name[0]} and {name[1]} may not work together"
    return {
        "certificate_each": f"Every member must hold {name}",
        "certificate_any": f"At least one member must hold {name}",
        "min_local": f"At least {_heads(instance.min_local)} must be local",
        "max_members": f"There may be at most {_heads(instance.max_members or 0)}",
        "capacity_pence": "Each could take on enough of every need alone, but not of all needs at once",
    }[kind]


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _count(units: float) -> str:
    return "1 unit" if units == 1 else f"{units:,.10g} units"


def _heads(number: int) -> str:
    return "1 member" if number == 1 else f"{number} members"


def _pounds(pence: int) -> str:
    pounds, left = divmod(pence, 100)
    return f"£{pounds:,}.{left:02d}" if left else f"£{pounds:,}"
