"""What officers fill in for LM3: whom to ask, what a supplier told, and what own staff are paid."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import EmailField, HiddenField
from wtforms.validators import Email, InputRequired, Length, Optional, ValidationError

from ..pages.forms import Paragraph, PlainText, Pounds, ProcureForm, WholeNumber, clean_text
from ..pages.identity import ADDRESS
from ..pages.respending import RespendFields


def _number(field: HiddenField) -> int:
    written = field.data or ""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 18 else 0


class SeenVersionForm(ProcureForm):
    """A one-button change, with the version of what the person saw."""

    seen = HiddenField()

    @property
    def version(self) -> int:
        return _number(self.seen)


class AskForm(SeenVersionForm):
    email = EmailField(
        "Their email address",
        widget=GovTextInput(),
        filters=[clean_text],
        validators=[Optional(), Length(max=254, message=ADDRESS), PlainText(), Email(ADDRESS)],
    )


class ToldForm(RespendFields, ProcureForm):
    """What a supplier told an officer, and how the officer knows."""

    reason = Paragraph(
        "How do you know?",
        most=500,
        validators=(InputRequired("Say how you know, like They told us by phone on 3 March"),),
    )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        return super().validate(*args, **kwargs) and self.says_something()


class OwnStaffForm(SeenVersionForm):
    pay_pence = Pounds("All pay of your own staff", validators=[InputRequired("Enter all pay in pounds")])
    local_pence = Pounds(
        "Of it, pay to staff who live in the area",
        validators=[InputRequired("Enter pay to staff who live in the area, in pounds")],
    )
    respent = WholeNumber("Of every £100 they spend, how many pounds in the area?", most=100)
    source = Paragraph(
        "Where do the figures come from?",
        most=500,
        validators=(InputRequired("Say where the figures come from, like Payroll report of March 2026"),),
    )

    def validate_pay_pence(self, field: Any) -> None:
        if field.data is not None and field.data <= 0:
            raise ValidationError("All pay must be more than £0")

    def validate_local_pence(self, field: Any) -> None:
        if field.data is not None and self.pay_pence.data is not None and field.data > self.pay_pence.data:
            raise ValidationError("Pay to staff who live in the area cannot be more than all pay")
