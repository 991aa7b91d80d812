"""The three questions about a supplier's spending, as the supplier or an officer fills them in, and their sums."""

from typing import Any

from wtforms import HiddenField
from wtforms.validators import ValidationError

from ..models import RespendAnswer
from ..services.multiplier.multiplier_answers import SAYS_NOTHING
from ..spend import Spending
from .forms import WholeNumber

NUMBERS = ("staff", "suppliers", "local_staff", "local_suppliers")


class RespendFields:
    """Pounds of every £100, with the version of the survey the person saw. An empty box is "not known".

    To be mixed into a form.
    """

    staff = WholeNumber("Pay for staff", most=100)
    suppliers = WholeNumber("Suppliers: all that is bought", most=100)
    local_staff = WholeNumber("Pay to people who live in the area", most=100)
    local_suppliers = WholeNumber("Spending with suppliers in the area", most=100)
    seen = HiddenField()

    @property
    def version(self) -> int:
        written = self.seen.data or ""
        return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0

    @property
    def told(self) -> Spending:
        return Spending(*(getattr(self, name).data for name in NUMBERS))

    def fill(self, answer: RespendAnswer | None) -> None:
        for name in NUMBERS:
            getattr(self, name).data = getattr(answer, name, None)

    def validate_suppliers(self, field: Any) -> None:
        if (self.staff.data or 0) + (field.data or 0) > 100:
            raise ValidationError("Pay and suppliers together cannot be more than £100 of every £100")

    def says_something(self) -> bool:
        """Whether valid answers tell anything; says so on the form where they do not."""
        if self.told.says_nothing:
            self.staff.errors = [SAYS_NOTHING]
            return False
        return True


def sums_of(told: Spending) -> list[tuple[str, tuple[int, int]]]:
    """What the answers come to, in pence of every £100: to staff there, to suppliers there, and together."""
    staff, suppliers = told.in_area
    least, most = told.respent
    together = round(least * 100_00), round(most * 100_00)
    return [("To staff who live there", staff), ("To suppliers there", suppliers), ("Together", together)]
