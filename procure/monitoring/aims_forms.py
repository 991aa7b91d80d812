"""What people of a place fill in about targets and the baseline."""

from datetime import date

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect
from wtforms import HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, ValidationError

from ..pages.forms import Day, Paragraph, ProcureForm, WholeNumber

QUARTERS = [
    SelectChoice("1", "January to March"),
    SelectChoice("2", "April to June"),
    SelectChoice("3", "July to September"),
    SelectChoice("4", "October to December"),
]
LENGTHS = [
    SelectChoice("4", "One year"),
    SelectChoice("2", "Half a year"),
    SelectChoice("1", "One quarter"),
    SelectChoice("8", "Two years"),
]


class SeenForm(ProcureForm):
    """A form with the id of what the person saw standing."""

    seen = HiddenField()


class TargetForm(SeenForm):
    """A local share to reach by a day."""

    percent = WholeNumber("Local share to reach, in percent", least=1, most=100)
    due_on = Day("By which day?", validators=[InputRequired("Enter the day, like 31 3 2028")])
    reason = Paragraph(
        "Why this target, and where was it agreed?",
        most=500,
        validators=(InputRequired("Say why, like Agreed by the anchor board on 3 March"),),
    )

    def validate_percent(self, field: WholeNumber) -> None:
        if field.data is None:
            raise ValidationError("Enter a share from 1 to 100, like 45")

    def validate_due_on(self, field: Day) -> None:
        if field.data is not None and field.data <= date.today():
            raise ValidationError("Enter a day that is still to come")


class BaselineForm(SeenForm):
    """The first quarter, and how many."""

    quarter = SelectField("First quarter", widget=GovSelect(), choices=QUARTERS)
    year = WholeNumber("Year", least=1990, most=2100)
    quarters = RadioField(
        "How long?",
        widget=GovRadioInput(),
        choices=LENGTHS,
        validators=[InputRequired("Choose how long")],
    )

    def validate_year(self, field: WholeNumber) -> None:
        if field.data is None:
            raise ValidationError("Enter a year, like 2025")

    @property
    def first(self) -> date:
        """The first day of the first quarter."""
        return date(self.year.data or 1990, int(self.quarter.data) * 3 - 2, 1)
