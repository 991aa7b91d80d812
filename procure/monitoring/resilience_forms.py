"""What a council enters about its own economy."""

import re

from wtforms.validators import InputRequired, ValidationError

from ..pages.forms import Line, ProcureForm, WholeNumber

LARGEST = 10**15
_PLAIN = re.compile(r"-?\d{1,18}(\.\d{1,9})?", re.ASCII)


class ValueForm(ProcureForm):
    """One figure of one year."""

    indicator = Line("What is counted?", most=150, validators=(InputRequired("Say what is counted"),))
    value = Line("Value", most=20, validators=(InputRequired("Enter a number, like 12.5"),))
    unit = Line("Unit", most=40, validators=(InputRequired("Say in what it is counted, like percent or people"),))
    year = WholeNumber("Year it is about", least=1990, most=2100)
    source = Line("Where does it come from?", most=300, validators=(InputRequired("Say who published it and where"),))

    def validate_value(self, field: Line) -> None:
        try:
            number = self.number
        except ValueError:
            raise ValidationError("Enter a number in plain digits, like 12.5") from None
        if abs(number) > LARGEST:
            raise ValidationError("Enter a smaller number, in a larger unit")

    def validate_year(self, field: WholeNumber) -> None:
        if field.data is None:
            raise ValidationError("Enter a year, like 2025")

    @property
    def number(self) -> float:
        """The value; commas between thousands are understood.

        errors  ValueError
        """
        bare = (self.value.data or "").replace(",", "").replace("\N{MINUS SIGN}", "-")
        if not _PLAIN.fullmatch(bare):
            raise ValueError(bare)
        return float(bare)
