"""What administrators type."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovRadioInput
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from ..pages.forms import Line, ProcureForm
from ..pages.identity import Address

KINDS = [
    ("anchor", "Anchor: buys"),
    ("enterprise", "Enterprise: supplies"),
    ("place", "Place authority: watches over a place"),
    ("network", "Support network: helps enterprises"),
]
BUYERS = [
    ("nhs", "NHS trust"),
    ("council", "Council or other local authority"),
    ("university", "University"),
    ("central", "Central government"),
    ("other", "Another public body"),
]


class OrganisationForm(ProcureForm):
    name = Line("Name", validators=(InputRequired("Enter the organisation's name"),))
    kinds = SelectMultipleField(
        "What is it?",
        choices=KINDS,
        widget=GovCheckboxesInput(),
        validators=[InputRequired("Choose at least one")],
    )
    sector = RadioField(
        "If it is an anchor, which kind of buyer?", choices=BUYERS, widget=GovRadioInput(), validators=[Optional()]
    )


class InviteForm(ProcureForm):
    email = Address()
    role = RadioField("Role", widget=GovRadioInput(), validators=[InputRequired("Choose a role")])
