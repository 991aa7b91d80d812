"""What happens to a consortium when one member leaves."""

from .carrying import divide
from .cover import Requirement
from .lot import Lot
from .requirements import broken_gates
from .words import tell


def find_losses(lot: Lot, members: tuple[int, ...]) -> dict[str, tuple[Requirement, ...]]:
    """By member: the requirements that those who are left would break; empty where they can carry on alone."""
    return {
        lot.enterprises[one].id: tuple(_broken_by(lot, tuple(other for other in members if other != one)))
        for one in members
    }


def _broken_by(lot: Lot, left: tuple[int, ...]) -> list[Requirement]:
    instance = lot.instance
    enterprises = [lot.enterprises[one] for one in left]
    broken = []
    for need in instance.needs:
        missing = need.units - sum(one.capacity.get(need.id, 0.0) for one in enterprises)
        if missing > 1e-9 * need.units:
            missing = round(missing, 9)
            broken.append(tell(Requirement("need", need.id), instance, int(missing) if missing % 1 == 0 else missing))
    if not broken and divide(lot.programme, left) is None:
        broken.append(tell(Requirement("capacity_pence"), instance))
    return broken + [tell(asked, instance) for asked in broken_gates(enterprises, instance)]
