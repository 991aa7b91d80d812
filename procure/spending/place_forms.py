"""What an officer fills in about where a payee is."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import InputRequired, ValidationError

from ..pages.forms import Line, Paragraph, ProcureForm
from ..places import parse_postcode


class SiteForm(ProcureForm):
    """A site and how the officer knows; with the sites they saw standing."""

    kind = RadioField(
        "What is it?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice("delivery", "Where they do the work for us"),
            SelectChoice("trading", "Where they are run from"),
        ],
        validators=[InputRequired("Choose what it is")],
    )
    postcode = Line("Postcode", most=12, validators=(InputRequired("Enter a full postcode, like B18 7QH"),))
    reason = Paragraph(
        "How do you know?",
        most=500,
        validators=(InputRequired("Say how you know, like From the contract, or They told us by phone"),),
    )
    seen_delivery = HiddenField(default="0")
    seen_trading = HiddenField(default="0")

    def validate_postcode(self, field: Line) -> None:
        if field.data and not parse_postcode(field.data):
            raise ValidationError("Enter a full UK postcode, like B18 7QH")

    def seen(self) -> int:
        """The site of the chosen kind that stood when the page was opened; 0 for none."""
        text = (self.seen_delivery if self.kind.data == "delivery" else self.seen_trading).data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
