"""What a buyer answers about the law of a lot and about its gates."""

from collections.abc import Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import InputRequired, ValidationError

from ..models import now
from ..pages.forms import Day, Paragraph, Pounds, ProcureForm
from ..rules import Gate
from ..services.law.barriers import ACTION_WORDS
from ..services.law.lawful_answers import Given
from ..services.law.regimes import CONTRACT_WORDS, REGIME_WORDS, LegalFacts, given_facts

YES_NO = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
DECIDABLE = ("psr", "above_threshold", "below_threshold")
HELD_WORDS = {"certificate_each": "Every member must hold it", "certificate_any": "One member must hold it"}


def choose(label: str, advice: str, choices: list[SelectChoice] | None = None) -> RadioField:
    return RadioField(label, widget=GovRadioInput(), choices=choices, validators=[InputRequired(advice)])


def whole(sent: HiddenField) -> int:
    """The number a hidden field was sent with; -1, which nothing has, where it was not sent or is no number."""
    text = str(sent.raw_data[0]) if sent.raw_data else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


class AnswerForm(ProcureForm):
    """Every answer carries which answer stood when the page was opened."""

    seen = HiddenField()

    @property
    def seen_id(self) -> int:
        return whole(self.seen)


class LawForm(AnswerForm):
    """One question about the law of a lot."""

    def given(self) -> Given:
        """What was answered, once it is valid."""
        raise NotImplementedError


class FactsForm(LawForm):
    contract = choose(
        "What kind of contract is it?",
        "Choose the kind of contract",
        [SelectChoice(key, words) for key, words in CONTRACT_WORDS.items()],
    )
    began_on = Day("When did the procurement begin?")
    has_vat = choose("Is VAT charged?", "Say whether VAT is charged", YES_NO)
    is_planned = choose("Did you publish a planned procurement notice in time?", "Choose yes or no", YES_NO)

    def validate_began_on(self, field: Any) -> None:
        if field.data is None and not field.errors:
            raise ValidationError("Enter the day it began, or today if it has not begun")

    def given(self) -> Given:
        facts = LegalFacts(
            contract=self.contract.data,
            began_on=self.began_on.data or now().date(),
            has_vat=self.has_vat.data == "yes",
            is_planned=self.is_planned.data == "yes",
            is_assumed=False,
        )
        return given_facts(facts, self.seen_id)


class HealthForm(LawForm):
    is_health = choose(
        "Is this a health-care service for patients?", "Say whether this is a health-care service", YES_NO
    )

    def given(self) -> Given:
        said = self.is_health.data
        told = "This is a health-care service" if said == "yes" else "This is not a health-care service"
        return Given("health_care", said, told, self.seen_id)


class RegimeForm(LawForm):
    regime = choose(
        "Which rules apply?",
        "Choose which rules apply",
        [
            SelectChoice("found", "What we worked out"),
            *(SelectChoice(key, REGIME_WORDS[key]) for key in list(REGIME_WORDS)[:3]),
        ],
    )
    reason = Paragraph("Why", most=1000, validators=(InputRequired("Say why, so that others understand it later"),))

    def given(self) -> Given:
        said = self.regime.data
        told = REGIME_WORDS.get(said, "What we worked out")
        return Given("regime", said, told, self.seen_id, reason=self.reason.data or "")


class ReservationForm(LawForm):
    way = choose("Who is it for?", "Choose who it is for")
    reason = Paragraph("Why", most=1000, validators=(InputRequired("Say why, so that others understand it later"),))

    def offer(self, ways: Mapping[str, str]) -> None:
        """The ways that are open to this buyer, in words."""
        self.way.choices = [SelectChoice(key, said) for key, said in ways.items()]

    def given(self) -> Given:
        said = self.way.data
        told = next(choice.label for choice in self.way.choices if choice.value == said)
        return Given("reservation", said, told, self.seen_id, reason=self.reason.data or "")


class GateForm(AnswerForm):
    """Keep, change or drop one gate. Only what the gate has can be changed: its amount, or who must hold it."""

    action = choose(
        "What do you want to do?",
        "Choose what to do",
        [SelectChoice(key, words) for key, words in ACTION_WORDS.items()],
    )
    amount = Pounds("New amount, if you change it")
    held_by = RadioField(
        "Who must hold it, if you change it",
        widget=GovRadioInput(),
        choices=[SelectChoice(key, words) for key, words in HELD_WORDS.items()],
        validate_choice=False,
    )
    reason = Paragraph("Why", most=1000, validators=(InputRequired("Say why, so that others understand it later"),))
    subject = HiddenField()
    version = HiddenField()

    def fit_to(self, gate: Gate) -> None:
        """Take away what this gate does not have."""
        del self[self._other(gate)]

    @staticmethod
    def _other(gate: Gate) -> str:
        return "held_by" if gate.amount_pence is not None else "amount"

    def validate_amount(self, field: Any) -> None:
        if self.action.data == "change" and not field.errors and not field.data:
            raise ValidationError("Enter the new amount, or choose to keep or drop the gate")

    def changed(self, gate: Gate) -> Gate:
        if "amount" in self:
            return Gate(gate.kind, gate.name, self.amount.data)
        return Gate(self.held_by.data if self.held_by.data in HELD_WORDS else gate.kind, gate.name)
