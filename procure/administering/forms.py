"""What administrators type."""

from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovFileInput, GovRadioInput
from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from ..pages.forms import Day, Line, ProcureForm
from ..pages.identity import Address

KINDS = [
    SelectChoice("anchor", "Anchor: buys"),
    SelectChoice("enterprise", "Enterprise: supplies"),
    SelectChoice("place", "Place authority: watches over a place"),
    SelectChoice("network", "Support network: helps enterprises"),
]
BUYERS = [
    SelectChoice("nhs", "NHS trust"),
    SelectChoice("council", "Council or other local authority"),
    SelectChoice("university", "University"),
    SelectChoice("central", "Central government"),
    SelectChoice("other", "Another public body"),
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


class ReferenceForm(ProcureForm):
    kind = RadioField(
        "What is it?", widget=GovRadioInput(), validators=[InputRequired("Choose what the file is")], choices=[]
    )
    file = FileField("The publisher's file", widget=GovFileInput(), validators=[FileRequired("Choose a file")])
    edition_on = Day("When did the publisher make it?", validators=[Optional()])
    licence = Line("Licence, if it is not the usual one", most=300)
