"""What people fill in about what their categories buy."""

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from ..matching.categories import DIVISION_NAMES
from ..pages.forms import Line, ProcureForm
from ..spend.cuts import NO_PURCHASE, NOT_TOLD


class DivisionForm(ProcureForm):
    """The kind of purchase of one category, and why."""

    seen = HiddenField()
    division = SelectField(
        "Kind of purchase",
        widget=GovSelect(),
        choices=[
            SelectChoice("", "Choose"),
            SelectChoice(NO_PURCHASE, "Not a purchase: pay, a tax, a grant or book-keeping"),
            SelectChoice(NOT_TOLD, "Of several kinds, or nobody can tell"),
            *(SelectChoice(key, f"{key} {name}") for key, name in DIVISION_NAMES.items()),
        ],
        validators=[InputRequired("Choose a kind of purchase")],
    )
    reason = Line("Why", most=300, validators=(InputRequired("Say why, like Our caterers are booked under this"),))
