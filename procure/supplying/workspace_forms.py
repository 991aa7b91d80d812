"""Forms of a consortium's workspace. Those about the plan carry the version the person saw."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovRadioInput, GovSelect
from wtforms import HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, ValidationError

from ..models import ConsortiumMember, Lot, Need
from ..pages.forms import Paragraph, Pounds, ProcureForm, TypedNumber, WholeNumber, read_hundredths
from ..services.consortia import consortia_papers, consortia_plans, messages
from ..services.consortia.workspace import Room

WHOLE = consortia_plans.WHOLE


def _choices(words: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(key, text) for key, text in words.items()]


class Percent(TypedNumber):
    """A share typed in percent with up to two decimals, held in basis points."""

    def bare(self, typed: str) -> str:
        return typed.removesuffix("%")

    def read(self, bare: str) -> int:
        points = read_hundredths(bare)
        if points is None:
            raise ValueError("Enter a share in percent, like 40 or 33.34")
        return points

    def write(self, number: int) -> str:
        return f"{number / 100:.2f}".removesuffix("0").removesuffix(".0")

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data > WHOLE:
            raise ValidationError("Enter a share of 100% or less")


class SeenForm(ProcureForm):
    """A form that remembers which version of the plan stood on the page."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class ReasonForm(SeenForm):
    form_of_bid = RadioField(
        "How do you bid?",
        widget=GovRadioInput(),
        choices=_choices(consortia_plans.FORMS),
        validators=[InputRequired("Choose how you bid")],
    )
    basis = RadioField(
        "Why is bidding together lawful?",
        widget=GovRadioInput(),
        choices=_choices(consortia_plans.LAWFUL),
        validators=[InputRequired("Choose why bidding together is lawful")],
    )
    words = Paragraph(
        "Say it in your own words", most=2000, validators=(InputRequired("Say in your own words why it is lawful"),)
    )


class DocumentForm(ProcureForm):
    kind = SelectField("What is it?", widget=GovSelect(), choices=_choices(consortia_papers.KINDS))
    file = FileField("Choose a document", widget=GovFileInput(), validators=[FileRequired("Choose a document to add")])


class MessageForm(ProcureForm):
    once = HiddenField()
    body = Paragraph("Your message", most=messages.MOST_LETTERS, validators=(InputRequired("Write a message first"),))


class LotForm(ProcureForm):
    lot = SelectField("Lot", widget=GovSelect(), coerce=int)


def units_name(member: ConsortiumMember, need: Need) -> str:
    return f"units_{member.organisation_id}_{need.id}"


def share_name(member: ConsortiumMember) -> str:
    return f"share_{member.organisation_id}"


def price_name(need_id: int) -> str:
    return f"price_{need_id}"


class _WorkForm(SeenForm):
    """Units for every need and partner, and a share for every partner."""

    room: Room
    lot: Lot

    @property
    def units(self) -> dict[tuple[int, int], int]:
        return {
            (member.organisation_id, need.id): self[units_name(member, need)].data or 0
            for member in self.room.accepted
            for need in self.lot.needs
        }

    @property
    def shares(self) -> dict[int, int]:
        return {member.organisation_id: self[share_name(member)].data or 0 for member in self.room.accepted}

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        total = sum(self.shares.values())
        if total in (0, WHOLE):
            return True
        last = self[share_name(self.room.accepted[-1])]
        last.errors = [*last.errors, f"The shares add up to {total / 100:g}%. Change them to add up to 100%"]
        return False


def work_form(room: Room, lot: Lot) -> _WorkForm:
    """The form for the partners and needs of this room, filled with what stands."""

    class WorkForm(_WorkForm):
        pass

    values: dict[str, Any] = {"version": str(room.version)}
    for member in room.accepted:
        name = member.organisation.name
        setattr(WorkForm, share_name(member), Percent(name))
        values[share_name(member)] = room.shares.get(member.organisation_id)
        for need in lot.needs:
            setattr(WorkForm, units_name(member, need), WholeNumber(name))
            values[units_name(member, need)] = room.units.get((member.organisation_id, need.id))
    form = WorkForm(data=values)
    form.room, form.lot = room, lot
    return form


class _PriceForm(SeenForm):
    """A price for every need the actor carries."""

    needs: Sequence[int]

    @property
    def prices(self) -> dict[int, int | None]:
        return {need: self[price_name(need)].data for need in self.needs}


def price_form(room: Room) -> _PriceForm:
    """The form for the actor's own prices, filled with what stands."""

    class PriceForm(_PriceForm):
        pass

    mine = {need: pence for (partner, need), pence in room.prices.items() if partner == room.me.organisation_id}
    names = {need.id: need for need in room.lot.needs} if room.lot else {}
    shown = [need for need in mine if need in names]
    for need in shown:
        units = room.units[room.me.organisation_id, need]
        label = f"{names[need].name}: {units:,} {names[need].unit or 'units'}"
        setattr(PriceForm, price_name(need), Pounds(label))
    form = PriceForm(data={"version": str(room.version), **{price_name(need): mine[need] for need in shown}})
    form.needs = shown
    return form
