"""What a supplier tells of its own spending in three questions, and the part it spends in an area again.

source  docs/measures/lm3.md
"""

from dataclasses import dataclass
from typing import Final

WHOLE: Final = 100


@dataclass(frozen=True)
class Spending:
    """Answers in whole pounds of every £100, 0 to 100; None where they do not know.

    staff, suppliers  of every £100 they spend: on pay, and on what they buy. Together at most 100
    local_staff       of every £100 of pay: to people who live in the area
    local_suppliers   of every £100 to suppliers: to suppliers in the area
    raises            ValueError for a number that is not 0 to 100, or two parts that are more than the whole
    """

    staff: int | None = None
    suppliers: int | None = None
    local_staff: int | None = None
    local_suppliers: int | None = None

    def __post_init__(self) -> None:
        for one in (self.staff, self.suppliers, self.local_staff, self.local_suppliers):
            if one is not None and not 0 <= one <= WHOLE:
                raise ValueError(f"{one} is not a number from 0 to {WHOLE}")
        if (self.staff or 0) + (self.suppliers or 0) > WHOLE:
            raise ValueError(f"{self.staff} and {self.suppliers} are more than {WHOLE} together")

    @property
    def says_nothing(self) -> bool:
        return self.respent == (0.0, 1.0)

    @property
    def respent(self) -> tuple[float, float]:
        """The part spent in the area again, 0 to 1: at least and at most; the same where everything is known."""
        staff, suppliers = self.in_area
        return (staff[0] + suppliers[0]) / WHOLE**2, self._most() / WHOLE**2

    @property
    def in_area(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Of every £100, in pence, what reaches staff and what reaches suppliers in the area: at least, at most."""
        staff = self.staff if self.staff is not None else 0
        suppliers = self.suppliers if self.suppliers is not None else 0
        most_staff = self.staff if self.staff is not None else WHOLE - suppliers
        most_suppliers = self.suppliers if self.suppliers is not None else WHOLE - staff
        return (
            (staff * (self.local_staff or 0), most_staff * _or_all(self.local_staff)),
            (suppliers * (self.local_suppliers or 0), most_suppliers * _or_all(self.local_suppliers)),
        )

    def _most(self) -> int:
        """The two parts share one £100: where neither is known, all of it goes where more of it stays."""
        staff, suppliers = self.in_area
        if self.staff is None and self.suppliers is None:
            return max(staff[1], suppliers[1])
        return staff[1] + suppliers[1]


def _or_all(part: int | None) -> int:
    return WHOLE if part is None else part
