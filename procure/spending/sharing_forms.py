"""What people fill in when they agree to share."""

from typing import Self

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput
from wtforms import BooleanField

from ..pages.forms import ProcureForm


class SharingForm(ProcureForm):
    is_named = BooleanField(widget=GovCheckboxInput())

    def asking(self, words: str) -> Self:
        """What being named means here."""
        self.is_named.label.text = words
        return self
