"""What people fill in about ledgers."""

from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovFileInput, GovSubmitInput
from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from ..pages.forms import ProcureForm

MOST_ROWS = 10_000_000

NO_FILE = "No file was received. Choose a file"


class LedgerForm(ProcureForm):
    ledger = FileField("Choose a spend file", widget=GovFileInput(), validators=[FileRequired(NO_FILE)])


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
