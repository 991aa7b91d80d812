"""What an officer answers to a place authority."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from ..pages.forms import ProcureForm


class LevelForm(ProcureForm):
    """How much a place authority may see; most first, as `models.place_totals.LEVELS` has them."""

    level = RadioField(
        "What may it see?",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(
                "detail", "Our figures, and what they are made of: by district, by kind of supplier, how spread out"
            ),
            SelectChoice("figures", "Our figures: local share by month"),
            SelectChoice("totals", "Count us in totals only: never shown by ourselves"),
        ],
        validators=[InputRequired("Choose what the place authority may see")],
    )
