"""What people fill in about rows of the shift list."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import InputRequired

from ..pages.forms import Day, Paragraph, ProcureForm
from ..services.shift.shift_answers import MOST_REASON, NO, YES
from ..spend.shift_rules import OFFICER_WHY


class _AnswerForm(ProcureForm):
    """An answer with its reason, and the answer the person saw standing."""

    seen = HiddenField(default="0")

    def seen_id(self) -> int:
        """Id of the answer that stood when the page was opened; 0 for none."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _reason(label: str) -> Paragraph:
    return Paragraph(label, most=MOST_REASON, validators=(InputRequired("Say how you know, or why"),))


class InfluenceForm(_AnswerForm):
    said = RadioField(
        "Could you buy this from somebody else?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(YES, "Yes, it can be moved"),
            *(SelectChoice(key, f"No: {words[0].lower()}{words[1:]}") for key, words in OFFICER_WHY.items()),
        ],
        validators=[InputRequired("Choose whether it can be moved")],
    )
    reason = _reason("Why?")


class ContractForm(_AnswerForm):
    ends_on = Day("When does the contract end?", validators=[InputRequired("Enter the day the contract ends")])
    reason = _reason("How do you know?")


class HealthForm(_AnswerForm):
    said = RadioField(
        "Is this a health-care service?",
        widget=GovRadioInput(),
        choices=[SelectChoice(YES, "Yes"), SelectChoice(NO, "No")],
        validators=[InputRequired("Choose yes or no")],
    )
    reason = _reason("How do you know?")
