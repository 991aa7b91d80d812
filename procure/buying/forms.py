"""What a buyer types about a lot, and about whom they decide."""

from typing import Any

from flask_wtf.file import FileAllowed, FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovRadioInput, GovSelect
from wtforms import FieldList, Form, FormField, HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, ValidationError

from ..matching.categories import DIVISION_NAMES
from ..pages.forms import Day, Line, Paragraph, Pounds, ProcureForm, WholeNumber
from ..places import parse_postcode
from ..services.enterprises.offers import district_of
from ..services.lots.lot_facts import MOST_NEEDS, AskFacts, GateFacts, LotFacts, NeedFacts, faults_in
from ..services.lots.tenders import facts_of
from ..services.reference.cpv import parse_cpv
from ..social_value import MEASURES
from .words import FORM_OF_CONSORTIUM

SHEETS = ["csv", "xlsx", "xls", "ods"]
ACTION_WORDS = {"shortlist": "Shortlist", "invite": "Invite", "reject": "Reject", "undo": "Undo"}
CPV_ADVICE = "Enter a CPV code of 8 digits, like 55520000"
FIELD_OF_FACT = {
    "needs": "value",
    "asks": "social_value_percent",
}


def check_cpv(_form: Form, field: Any) -> None:
    if field.data and parse_cpv(field.data) is None:
        raise ValidationError(CPV_ADVICE)


class NeedForm(Form):
    """One need; empty rows are left out."""

    name = Line("What", most=120)
    units = WholeNumber("How many", least=1)
    unit = Line("Of what", most=60)
    value = Pounds("Value")
    cpv = Line("CPV code", most=12, validators=(check_cpv,))

    @property
    def is_empty(self) -> bool:
        return not any(field.data for field in self)

    def validate_name(self, field: Any) -> None:
        if not field.data and not self.is_empty:
            raise ValidationError("Say what is needed")

    def validate_units(self, field: Any) -> None:
        if field.data is None and not field.errors and not self.is_empty:
            raise ValidationError("Enter how many units, 1 or more")

    def facts(self) -> NeedFacts:
        cpv = parse_cpv(self.cpv.data or "")
        return NeedFacts(self.name.data or "", self.units.data or 0, self.unit.data or None, self.value.data, cpv)


class AskForm(Form):
    """How much of one measure, and its weight among the social value asked."""

    quantity = WholeNumber("How many")
    weight = WholeNumber("Weight, percent", most=100)


class MoneyAskForm(Form):
    """The same where the measure is counted in pounds."""

    quantity = Pounds("How much")
    weight = WholeNumber("Weight, percent", most=100)


class LotForm(ProcureForm):
    title = Line("Title", validators=(InputRequired("Enter a title"),))
    reference = Line("Your reference (optional)", most=60)
    description = Paragraph("What is to be done")
    division = SelectField(
        "Kind of work",
        widget=GovSelect(),
        choices=[
            SelectChoice("", "Choose"),
            *(SelectChoice(key, f"{key} {name}") for key, name in DIVISION_NAMES.items()),
        ],
    )
    cpv = Line("Exact CPV code (optional)", most=12, validators=(check_cpv,))
    value = Pounds("Value of the whole term, without VAT")
    starts_on = Day("First day of the work")
    ends_on = Day("Last day of the work")
    deadline_on = Day("Last day to show interest")
    postcode = Line("Where: a postcode or a district", most=10)
    needs = FieldList(FormField(NeedForm), min_entries=MOST_NEEDS, max_entries=MOST_NEEDS)
    turnover = Pounds("Least yearly turnover")
    public_liability = Pounds("Public liability insurance")
    employers_liability = Pounds("Employers' liability insurance")
    professional_indemnity = Pounds("Professional indemnity insurance")
    certificates_each = Line("Certificates every member must hold")
    certificates_any = Line("Certificates at least one member must hold")
    social_value_percent = WholeNumber("Weight of social value in the award, percent", most=100)
    local_jobs = FormField(AskForm, label=MEASURES["local_jobs"].title)
    apprenticeships = FormField(AskForm, label=MEASURES["apprenticeships"].title)
    living_wage = FormField(AskForm, label=MEASURES["living_wage"].title)
    vcse_spend = FormField(MoneyAskForm, label=MEASURES["vcse_spend"].title)
    carbon = FormField(AskForm, label=MEASURES["carbon"].title)
    form_of_consortium = RadioField(
        "If several bid together",
        widget=GovRadioInput(),
        choices=[SelectChoice(key, words) for key, words in FORM_OF_CONSORTIUM.items()],
        default="joint",
        validators=[InputRequired("Choose how a consortium would be judged")],
    )
    version = HiddenField()

    def validate_postcode(self, field: Any) -> None:
        if field.data and district_of(field.data) is None:
            raise ValidationError("Enter a postcode like B18 7QH, or a district like B18")

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field by itself, then what they say together."""
        if not super().validate(extra_validators):
            return False
        faults = faults_in(self.facts())
        for fault in faults:
            field = self[FIELD_OF_FACT.get(fault.fact, fault.fact)]
            field.errors = [*field.errors, fault.advice]
        return not faults

    @property
    def version_seen(self) -> int:
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def facts(self) -> LotFacts:
        division = f"{self.division.data}000000" if self.division.data else None
        place = self.postcode.data or ""
        return LotFacts(
            title=self.title.data or "",
            description=self.description.data or "",
            reference=self.reference.data or None,
            cpv=parse_cpv(self.cpv.data or "") or division,
            value_pence=self.value.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            deadline_on=self.deadline_on.data,
            postcode=parse_postcode(place) or district_of(place),
            social_value_percent=self.social_value_percent.data or 0,
            form=self.form_of_consortium.data or "joint",
            needs=tuple(entry.form.facts() for entry in self.needs if not entry.form.is_empty),
            gates=self._gates(),
            asks=self._asks(),
        )

    def _gates(self) -> tuple[GateFacts, ...]:
        money = (
            ("turnover", "Turnover", self.turnover.data),
            ("insurance", "Public liability", self.public_liability.data),
            ("insurance", "Employers' liability", self.employers_liability.data),
            ("insurance", "Professional indemnity", self.professional_indemnity.data),
        )
        gates = [GateFacts(kind, name, pence) for kind, name, pence in money if pence]
        gates += [GateFacts("certificate_each", name) for name in split_names(self.certificates_each.data)]
        gates += [GateFacts("certificate_any", name) for name in split_names(self.certificates_any.data)]
        return tuple(gates)

    def _asks(self) -> tuple[AskFacts, ...]:
        rows = ((measure, self[measure].form) for measure in MEASURES)
        return tuple(AskFacts(name, row.quantity.data, row.weight.data) for name, row in rows if row.quantity.data)


def split_names(text: str | None) -> list[str]:
    """Names parted by commas or semicolons, each once."""
    parts = (text or "").replace(";", ",").split(",")
    return list(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def form_values(lot: Any) -> dict[str, Any]:
    """A kept lot as the form shows it."""
    facts = facts_of(lot)
    money = {gate.name: gate.amount_pence for gate in facts.gates if gate.kind in ("turnover", "insurance")}
    named = {
        kind: ", ".join(gate.name for gate in facts.gates if gate.kind == kind)
        for kind in ("certificate_each", "certificate_any")
    }
    is_division = bool(facts.cpv and facts.cpv.endswith("000000"))
    needs = [
        {"name": need.name, "units": need.units, "unit": need.unit, "value": need.value_pence, "cpv": need.cpv}
        for need in facts.needs
    ]
    asks = {ask.measure: {"quantity": ask.quantity, "weight": ask.weight_percent} for ask in facts.asks}
    return {
        **{name: getattr(facts, name) for name in ("title", "reference", "description", "postcode")},
        **{name: getattr(facts, name) for name in ("starts_on", "ends_on", "deadline_on", "social_value_percent")},
        "division": (facts.cpv or "")[:2],
        "cpv": "" if is_division else facts.cpv,
        "value": facts.value_pence,
        "needs": needs,
        "turnover": money.get("Turnover"),
        "public_liability": money.get("Public liability"),
        "employers_liability": money.get("Employers' liability"),
        "professional_indemnity": money.get("Professional indemnity"),
        "certificates_each": named["certificate_each"],
        "certificates_any": named["certificate_any"],
        "form_of_consortium": facts.form,
        "version": lot.version,
        **asks,
    }


class LotsFileForm(ProcureForm):
    file = FileField(
        "Lots file",
        widget=GovFileInput(),
        validators=[FileRequired("Choose a file"), FileAllowed(SHEETS, "Choose a CSV, XLSX, XLS or ODS file")],
    )


class DecisionForm(ProcureForm):
    """Sent by the buttons beside an enterprise or a consortium; the button pressed is the action."""

    action = RadioField(
        "What do you want to do?",
        widget=GovRadioInput(),
        choices=[SelectChoice(key, words) for key, words in ACTION_WORDS.items()],
        validators=[InputRequired("Choose what to do")],
    )
    reason = Paragraph("Why", most=1000)
    enterprise = HiddenField()
    proposal = HiddenField()
    consortium = HiddenField()
    seen = HiddenField()

    def validate_reason(self, field: Any) -> None:
        if not field.data and self.action.data != "undo":
            raise ValidationError("Say why, so that the decision can be understood later")


class AwardForm(ProcureForm):
    winner = RadioField("Who won?", widget=GovRadioInput(), validators=[InputRequired("Choose who won")])
    reason = Paragraph("Why", most=1000, validators=(InputRequired("Say why they won"),))
