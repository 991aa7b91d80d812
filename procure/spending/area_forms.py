"""What people fill in about an anchor's areas."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput
from wtforms import BooleanField

from ..pages import area_forms


class AreaForm(area_forms.AreaForm):
    """One of several areas, which may become the headline."""

    is_headline = BooleanField("Use this area for our headline figure", widget=GovCheckboxInput())
