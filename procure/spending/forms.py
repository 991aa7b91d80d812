"""What people fill in about ledgers and areas."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovFileInput, GovSubmitInput
from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from ..pages.forms import Line, Paragraph, ProcureForm
from ..services import areas

MOST_ROWS = 10_000_000


class LedgerForm(ProcureForm):
    ledger = FileField("Choose a spend file", widget=GovFileInput(), validators=[FileRequired("Choose a file")])


class ConfirmForm(ProcureForm):
    """What the officer saw when they agreed; sent along so that nothing else is confirmed."""

    seen_pence = IntegerField(widget=GovSubmitInput(), validators=[InputRequired("Open the ledger again")])
    counts_twice = BooleanField(widget=GovCheckboxInput())
    seen_doubles = IntegerField(widget=GovSubmitInput(), validators=[Optional(), NumberRange(0, MOST_ROWS)])


class DoublesForm(ProcureForm):
    """Which lines that may count twice to leave out or put back, and how many of them the officer saw."""

    why = HiddenField(validators=[InputRequired("Open the ledger again")])
    seen_doubles = IntegerField(widget=GovSubmitInput(), validators=[Optional(), NumberRange(0, MOST_ROWS)])


class CorrectedRowsForm(ProcureForm):
    ledger = FileField(
        "Choose the file of corrected rows", widget=GovFileInput(), validators=[FileRequired("Choose a file")]
    )


class SeenForm(ProcureForm):
    """A one-button change of something that may have moved on meanwhile."""

    seen = HiddenField()


class AreaForm(ProcureForm):
    name = Line("Name of the area", most=100, validators=(InputRequired("Enter a name, like Around our hospitals"),))
    districts = Paragraph(
        "Postcode districts",
        most=20_000,
        validators=(InputRequired("Enter at least one postcode district, like B18"),),
    )
    is_headline = BooleanField("Use this area for our headline figure", widget=GovCheckboxInput())

    def validate_districts(self, field: Any) -> None:
        found, wrong = areas.read_districts(field.data or "")
        if wrong:
            shown = ", ".join(code[:12] for code in wrong[:5])
            raise ValidationError(f"Check {shown}: a postcode district looks like B18 or WS10")
        if len(found) > areas.MOST_DISTRICTS:
            raise ValidationError(f"Enter at most {areas.MOST_DISTRICTS:,} districts")
