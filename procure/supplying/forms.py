"""What people type about an enterprise: registration and the six questions."""

import re
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import Email, InputRequired, Optional, StopValidation, ValidationError

from ..pages.forms import Day, Line, Paragraph, Pounds, ProcureForm, WholeNumber
from ..pages.identity import Address, NewPassword
from ..places import is_outcode, outward_code, parse_postcode
from ..services.enterprises.profiles import CERTIFICATES, FORM_WORDS, INSURANCES, MOST_CAPABILITIES
from ..social_value import MEASURES

OTHER_CERTIFICATES = 3
COMPANY = re.compile(r"[A-Z]{2}[0-9]{6}|[0-9]{8}")
CHARITY = re.compile(r"(SC|NIC)?[0-9]{5,7}")
CPV = re.compile(r"[0-9]{8}(-[0-9])?")
TELEPHONE = re.compile(r"\+?[0-9 ()\-]{7,25}")


class RegisterForm(FlaskForm):
    """For somebody the site does not know yet."""

    enterprise = Line("Name of your enterprise", validators=(InputRequired("Enter the name of your enterprise"),))
    name = Line("Your name", validators=(InputRequired("Enter your name"),))
    email = Address()
    password = NewPassword()


class RegisterAnotherForm(ProcureForm):
    """For somebody who is signed in."""

    enterprise = Line("Name of your enterprise", validators=(InputRequired("Enter the name of your enterprise"),))


class QuestionForm(ProcureForm):
    """One question; `version` is the version of the profile it was opened on."""

    version = WholeNumber("Version", least=1)


class WhoForm(QuestionForm):
    name = Line("Name of your enterprise", validators=(InputRequired("Enter the name of your enterprise"),))
    legal_form = RadioField(
        "Legal form",
        widget=GovRadioInput(),
        choices=FORM_WORDS,
        validators=[InputRequired("Choose your legal form")],
    )
    company_number = Line("Company number", most=12)
    charity_number = Line("Charity number", most=12)
    postcode = Line("Postcode", most=10, validators=(InputRequired("Enter your postcode"),))

    def validate_postcode(self, field: Line) -> None:
        field.data = whole_postcode(field.data)

    def validate_company_number(self, field: Line) -> None:
        field.data = _bare(field.data)
        if field.data and field.data.isdigit():
            field.data = field.data.zfill(8)
        if field.data and not COMPANY.fullmatch(field.data):
            raise ValidationError("Enter a company number of 8 characters, like 01234567 or RS012345")

    def validate_charity_number(self, field: Line) -> None:
        field.data = _bare(field.data)
        if field.data and not CHARITY.fullmatch(field.data):
            raise ValidationError("Enter a charity number, like 1123456")


class CapabilityForm(Form):
    statement = Line("What you can do", most=300)
    units = WholeNumber("How many at once", least=1, most=10_000_000)
    unit = Line("Counted in", most=60)
    cpv = Line("CPV code", most=10)
    take = HiddenField()

    def validate_statement(self, field: Line) -> None:
        if not field.data and (self.units.data or self.unit.data or self.cpv.data):
            raise StopValidation("Say what you can do, or clear the other boxes")

    def validate_cpv(self, field: Line) -> None:
        if field.data and not CPV.fullmatch(field.data):
            raise ValidationError("Enter a CPV code of 8 digits, like 55520000, or leave it blank")
        taken = self.take.data or ""
        field.data = (field.data or "")[:8] or (taken if CPV.fullmatch(taken) else None)


class WhatForm(QuestionForm):
    summary = Paragraph(
        "What your enterprise does", most=1500, validators=(InputRequired("Say in a sentence or two what you do"),)
    )
    capabilities = FieldList(FormField(CapabilityForm), min_entries=MOST_CAPABILITIES, max_entries=MOST_CAPABILITIES)

    def validate_capabilities(self, field: FieldList) -> None:
        if not field.errors and not any(entry.statement.data for entry in field):
            field[0].statement.errors = ["Name at least one thing you can do"]
            raise StopValidation


def outcodes_in(text: str | None) -> list[str]:
    """What somebody wrote as a list of districts, however they set them apart: B18, B19 and DY4."""
    return [word.upper() for word in re.split(r"[\s,;/&+]+|\band\b", (text or ""), flags=re.IGNORECASE) if word]


class WhereForm(QuestionForm):
    near = SelectMultipleField("Districts near you", widget=GovCheckboxesInput(), choices=[])
    districts = Paragraph("Other postcode districts", most=1000)

    def validate_districts(self, field: Paragraph) -> None:
        words = outcodes_in(field.data)
        wrong = [word for word in words if not is_outcode(word)]
        if wrong:
            raise ValidationError(f"{wrong[0][:12]} is not a postcode district. Write districts like B18 or DY4")
        if len(words) > 150:
            raise ValidationError("Name 150 districts or fewer")
        if not words and not self.near.data:
            raise ValidationError("Tick or write at least one district you work in")

    @property
    def outcodes(self) -> list[str]:
        return [*(self.near.data or []), *outcodes_in(self.districts.data)]


class HowMuchForm(QuestionForm):
    capacity_pence = Pounds("Most contract value you could take on in a year")
    turnover_pence = Pounds("Turnover in your last financial year")
    workforce = WholeNumber("People who work for you", most=1_000_000)
    disadvantaged_workforce = WholeNumber("Of them, how many are disabled or disadvantaged", most=1_000_000)

    def validate_disadvantaged_workforce(self, field: WholeNumber) -> None:
        if field.data and (self.workforce.data is None or field.data > self.workforce.data):
            raise ValidationError("This cannot be more than all the people who work for you")


class InsuranceForm(Form):
    amount_pence = Pounds("Cover")
    expires_on = Day("Runs until")


class CertificateForm(Form):
    is_held = BooleanField("We hold it", widget=GovCheckboxInput())
    expires_on = Day("Runs until")


class OtherCertificateForm(Form):
    name = Line("Name", most=80)
    expires_on = Day("Runs until")


class WhatGoodForm(QuestionForm):
    local_jobs = WholeNumber(MEASURES["local_jobs"].title, most=100_000)
    apprenticeships = WholeNumber(MEASURES["apprenticeships"].title, most=100_000)
    living_wage = WholeNumber(MEASURES["living_wage"].title, most=100)
    vcse_spend = Pounds(f"{MEASURES['vcse_spend'].title} in a year")
    carbon = WholeNumber(MEASURES["carbon"].title, most=1_000_000)

    @property
    def insurances(self) -> list[Any]:
        return [self[f"insurance_{place}"] for place in range(len(INSURANCES))]

    @property
    def certificates(self) -> list[Any]:
        return [self[f"certificate_{place}"] for place in range(len(CERTIFICATES))]

    @property
    def others(self) -> list[Any]:
        return [self[f"other_{place}"] for place in range(OTHER_CERTIFICATES)]


# Each box has a name of its own: a FieldList would count again from nought when a browser leaves one out.
for _kind, _form, _many in (
    ("insurance", InsuranceForm, len(INSURANCES)),
    ("certificate", CertificateForm, len(CERTIFICATES)),
    ("other", OtherCertificateForm, OTHER_CERTIFICATES),
):
    for _place in range(_many):
        setattr(WhatGoodForm, f"{_kind}_{_place}", FormField(_form))


class ReachForm(QuestionForm):
    contact_name = Line("Who to ask for", most=120, validators=(InputRequired("Enter a name, or a team's name"),))
    contact_email = Line(
        "Email address",
        most=254,
        validators=(InputRequired("Enter an email address"), Email("Enter an email address, like name@example.org")),
    )
    contact_phone = Line(
        "Telephone number",
        most=25,
        validators=(Optional(),),
    )
    shares_details = BooleanField(
        "Show our turnover, insurance and contact person to every buyer here", widget=GovCheckboxInput()
    )

    def validate_contact_phone(self, field: Line) -> None:
        if field.data and not TELEPHONE.fullmatch(field.data):
            raise ValidationError("Enter a telephone number, like 0121 496 0000")


def whole_postcode(text: str | None) -> str:
    """The postcode in normal form.

    errors  ValidationError where it is none
    """
    postcode = parse_postcode(text or "")
    if postcode is None:
        raise ValidationError("Enter a full postcode, like B18 5AA")
    return postcode


def district_of(postcode: str | None) -> str | None:
    return outward_code(postcode) if postcode else None


def _bare(text: str | None) -> str | None:
    return re.sub(r"[\s-]", "", text or "").upper() or None


def filled(entries: Iterable[Any], name: str) -> list[Any]:
    """The sub-forms where the named box is filled in."""
    return [entry for entry in entries if getattr(entry, name).data]
