"""What every form shares: the organisation it was opened for, and fields that read what people type."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from flask import abort
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovDateInput, GovTextArea, GovTextInput
from wtforms import DateField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import Length, StopValidation, ValidationError

from .guards import current_actor
from .once import new_form_key

MOST_PENCE = 10**12
"""£10 billion: no single contract or payment here is larger."""


class ProcureForm(FlaskForm):
    """A form that remembers for which organisation it was opened."""

    acting_for = HiddenField()
    form_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = current_actor()
        mine = str(actor.organisation_id) if actor and actor.organisation_id else ""
        if self.is_submitted() and (self.acting_for.data or "") != mine:
            abort(409)
        self.acting_for.data = mine
        self.form_key.data = self.form_key.data or new_form_key()

    @property
    def extra_fields(self) -> list[Field]:
        """What a person fills in, in order."""
        return [field for field in self if not isinstance(field, HiddenField)]


def refuse_other_organisation() -> None:
    """Answer 409 to a post of a bare button whose page was opened for another organisation."""
    ProcureForm()


def clean_text(text: str | None) -> str | None:
    """What a person typed, in one Unicode form, without what no person types."""
    if text is None:
        return None
    return unicodedata.normalize("NFC", text).strip()


class PlainText:
    """Refuse control characters, unpaired surrogates and text that only looks empty."""

    def __call__(self, form: FlaskForm, field: Field) -> None:
        text = field.data or ""
        if any(unicodedata.category(mark) in ("Cc", "Cs") and mark not in "\r\n\t" for mark in text):
            raise StopValidation("Remove the characters that cannot be printed")
        if text and not any(unicodedata.category(mark)[0] in "LNPS" for mark in text):
            raise StopValidation("Enter some text that can be read")


class Line(StringField):
    """One line of text."""

    widget = GovTextInput()

    def __init__(self, label: str, *, most: int = 200, validators: tuple[Any, ...] = (), **kwargs: Any) -> None:
        limits = (PlainText(), Length(max=most, message=f"Use {most} characters or fewer"))
        super().__init__(label, validators=[*validators, *limits], filters=[clean_text], **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data and ("\n" in self.data or "\r" in self.data):
            raise StopValidation("Write this on one line")


class Paragraph(TextAreaField):
    """Several lines of text."""

    widget = GovTextArea()

    def __init__(self, label: str, *, most: int = 4000, validators: tuple[Any, ...] = (), **kwargs: Any) -> None:
        limits = (PlainText(), Length(max=most, message=f"Use {most:,} characters or fewer"))
        super().__init__(label, validators=[*validators, *limits], filters=[clean_text], **kwargs)


class TypedNumber(Field):
    """A number in one box, held as a whole number of its smallest unit; None where nothing was typed.

    What cannot be read stands in the box again, as the person typed it.
    """

    widget = GovTextInput()

    def __init__(self, label: str, **kwargs: Any) -> None:
        self.typed = ""
        super().__init__(label, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return self.typed
        return "" if self.data is None else self.write(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = (valuelist[0] if valuelist else "").strip()
        bare = self.bare(self.typed).strip()
        self.data = None
        if bare:
            self.data = self.read(bare)

    def bare(self, typed: str) -> str:
        """What was typed, without signs and commas that only help the eye."""
        return typed.replace(",", "")

    def read(self, bare: str) -> int:
        """The number; ValueError says what to type."""
        raise NotImplementedError

    def write(self, number: int) -> str:
        return str(number)


def read_hundredths(bare: str) -> int | None:
    """A plain number with at most two decimals, times a hundred; None for anything else."""
    is_plain = bare.isascii() and bare.replace(".", "", 1).isdigit() and len(bare) < 32
    hundredths = Decimal(bare) * 100 if is_plain else None
    return int(hundredths) if hundredths is not None and hundredths == int(hundredths) else None


class WholeNumber(TypedNumber):
    """A count typed in plain digits; commas between thousands are understood."""

    def __init__(self, label: str, *, least: int = 0, most: int = 1_000_000_000, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(label, **kwargs)

    def read(self, bare: str) -> int:
        if not (bare.isascii() and bare.isdigit() and len(bare) < 16):
            raise ValueError("Enter a whole number, like 120")
        return int(bare)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not self.least <= self.data <= self.most:
            raise ValidationError(f"Enter a number from {self.least:,} to {self.most:,}")


class Pounds(TypedNumber):
    """Money typed in pounds, held in pence."""

    def bare(self, typed: str) -> str:
        return typed.replace(",", "").removeprefix("£")

    def read(self, bare: str) -> int:
        pence = read_hundredths(bare)
        if pence is None:
            raise ValueError("Enter an amount in pounds, like 12,500 or 12,500.50")
        return pence

    def write(self, number: int) -> str:
        return f"{number / 100:,.2f}".removesuffix(".00")

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data > MOST_PENCE:
            raise ValidationError("Enter an amount of £10 billion or less")


class Day(DateField):
    """A day in three boxes; None where all are empty."""

    widget = GovDateInput()

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, format="%d %m %Y", **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        self.raw_data = [*valuelist, "", "", ""][:3]  # the widget shows three boxes, however many were sent
        parts = [part.strip() for part in self.raw_data]
        if not any(parts):
            return
        try:
            day, month, year = (int(part) if part.isascii() and part.isdigit() else 0 for part in parts)
            self.data = date(year, month, day)
        except ValueError:
            raise ValueError("Enter a real date, like 27 3 2027") from None
        if not 1990 <= self.data.year <= 2100:
            raise ValueError("Enter a year from 1990 to 2100")
