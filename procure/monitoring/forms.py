"""What people of a place authority fill in."""

from typing import Any

from wtforms.validators import InputRequired, ValidationError

from ..pages.forms import Line, Paragraph, ProcureForm
from ..services import areas


class AreaForm(ProcureForm):
    name = Line("Name of the place", most=100, validators=(InputRequired("Enter a name, like Birmingham"),))
    districts = Paragraph(
        "Postcode districts",
        most=20_000,
        validators=(InputRequired("Enter at least one postcode district, like B18"),),
    )

    def validate_districts(self, field: Any) -> None:
        _found, wrong = areas.read_districts(field.data or "")
        if wrong:
            shown = ", ".join(code[:12] for code in wrong[:5])
            raise ValidationError(f"Check {shown}: a postcode district looks like B18 or WS10")
