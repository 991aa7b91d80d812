"""What administrators type."""

from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovFileInput, GovRadioInput
from wtforms import RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from ..models.organisations import ROLE_NAMES
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


MAY = {
    "anchor:buyer": "adds lots, and decides about suppliers",
    "anchor:finance": "adds ledgers, settles payees, says what local means",
    "anchor:viewer": "reads, and changes nothing",
    "anchor:admin": "does all of this, and invites people",
    "enterprise:member": "answers the questions, and says which lots interest you",
    "enterprise:admin": "does the same, and invites people",
    "place:viewer": "reads, and changes nothing",
    "place:admin": "sets the area, targets and baseline, and invites people",
    "network:adviser": "registers members, and helps them",
    "network:admin": "does the same, and invites people",
}


def describe_role(permission: str) -> str:
    """A role as somebody chooses it: Buyer: adds lots, and decides about suppliers"""
    name = ROLE_NAMES[permission]
    return f"{name[0].upper()}{name[1:]}: {MAY[permission]}"


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
