"""What the buttons of the payee pages send along."""

from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from ..services.payees.payee_changes import Target
from .forms import SeenForm

LARGEST_ID = 2**31 - 1
LONGEST_VALUE = 5_000


def _number() -> IntegerField:
    return IntegerField(widget=GovSubmitInput(), validators=[Optional(), NumberRange(1, LARGEST_ID)])


class TargetForm(SeenForm):
    """An enterprise here, a body of a register, or both where they are the same."""

    enterprise_id = _number()
    body_id = _number()

    @property
    def target(self) -> Target:
        return Target(self.enterprise_id.data, self.body_id.data)


class MergeForm(SeenForm):
    other_id = IntegerField(
        widget=GovSubmitInput(), validators=[InputRequired("Choose a payee"), NumberRange(1, LARGEST_ID)]
    )
    other_seen = HiddenField()


class SplitForm(SeenForm):
    column = HiddenField()
    value = HiddenField(validators=[InputRequired("Choose a value"), Length(max=LONGEST_VALUE)])
