"""The form that says what an area is made of, and what it shows first."""

from typing import Any

from flask import request
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from ..models import LocalArea
from ..services.errors import RefusedError
from ..services.shares import area_words, areas
from ..services.shares.area_words import KINDS, MOST_MILES, Wanted
from .forms import Line, Paragraph, ProcureForm

MOST_SHOWN = 5


class AreaForm(ProcureForm):
    """An area of any kind, of an anchor or a place. What was typed becomes a `Wanted`, or mistakes by the fields."""

    seen = HiddenField()
    name = Line("Name of the area", most=100, validators=(InputRequired("Enter a name, like Around our hospitals"),))
    kind = RadioField(
        "What is it made of?",
        widget=GovRadioInput(),
        choices=[SelectChoice(kind, words) for kind, words in KINDS.items()],
        default="outcodes",
        validate_choice=False,
    )
    districts = Paragraph("Its postcode districts, names or codes", most=60_000)
    site = Line("Middle of the circle", most=60)
    miles = Line("Miles around it", most=10)
    counts_branches = BooleanField(
        "Based or branched: count a payee with any known site here", widget=GovCheckboxInput()
    )

    @property
    def seen_version(self) -> int | None:
        """The version of the area the person saw; None for a new one."""
        typed = self.seen.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None

    @property
    def made_of(self) -> str:
        return self.kind.data or "outcodes"

    def validate_kind(self, field: Any) -> None:
        if self.made_of not in KINDS:
            raise ValidationError("Choose what the area is made of")

    def validate_districts(self, field: Any) -> None:
        text = field.data or ""
        if self.made_of == "circle":
            return
        if not text.strip():
            one = "postcode district, like B18" if self.made_of == "outcodes" else "name or code, one on each line"
            raise ValidationError(f"Enter at least one {one}")
        if self.made_of == "outcodes":
            self._check_districts(text)
        elif self.made_of in KINDS:
            problems = area_words.read_codes(self.made_of, text).problems
            if problems:
                more = f" ({len(problems) - MOST_SHOWN} more like this)" if len(problems) > MOST_SHOWN else ""
                raise ValidationError(". ".join(problems[:MOST_SHOWN]) + more)

    def _check_districts(self, text: str) -> None:
        found, wrong = areas.read_districts(text)
        if wrong:
            shown = ", ".join(code[:12] for code in wrong[:5])
            raise ValidationError(f"Check {shown}: a postcode district looks like B18 or WS10")
        if len(found) > areas.MOST_DISTRICTS:
            raise ValidationError(f"Enter at most {areas.MOST_DISTRICTS:,} districts")

    def validate_site(self, field: Any) -> None:
        if self.made_of != "circle":
            return
        try:
            area_words.read_site(field.data or "")
        except RefusedError as refusal:
            raise ValidationError(str(refusal)) from refusal

    def validate_miles(self, field: Any) -> None:
        if self.made_of == "circle" and self._miles is None:
            raise ValidationError(f"Enter the miles as a number from 0.1 to {MOST_MILES:g}, like 5 or 2.5")

    @property
    def _miles(self) -> float | None:
        typed = (self.miles.data or "").strip()
        if not (typed.isascii() and typed.replace(".", "", 1).isdigit()):
            return None
        return float(typed) if 0.1 <= float(typed) <= MOST_MILES else None

    def wanted(self) -> Wanted:
        """The area that was described, once the form is valid."""
        told: dict[str, Any] = {"name": self.name.data or "", "kind": self.made_of}
        told["counts_branches"] = bool(self.counts_branches.data)
        if self.made_of == "outcodes":
            return Wanted(**told, outcodes=tuple(areas.read_districts(self.districts.data or "")[0]))
        if self.made_of == "circle":
            latitude, longitude, _ = area_words.read_site(self.site.data or "")
            miles = self._miles or 0.0
            around = area_words.districts_around((latitude, longitude), miles)
            return Wanted(
                **told, outcodes=around, latitude=latitude, longitude=longitude, miles=miles, site=self.site.data
            )
        codes = area_words.read_codes(self.made_of, self.districts.data or "").codes
        return Wanted(**told, codes=codes, outcodes=area_words.districts_of(self.made_of, codes))


def filled(area: LocalArea | None) -> dict[str, object]:
    """What the form shows first: the area as it is, and names chosen by searching, from the address of the page."""
    chosen = [code for code in request.args.getlist("code") if len(code) < 12][: area_words.MOST_CODES]
    kind = request.args.get("kind", "")
    if area is None:
        return {"kind": kind if kind in KINDS else "outcodes", "districts": "\n".join(chosen)}
    same = not kind or kind == area.kind
    codes = " ".join(area.outcodes) if area.kind == "outcodes" else "\n".join([*area.codes, *chosen])
    return {
        "name": area.name,
        "kind": area.kind if same else kind,
        "districts": codes if same else "\n".join(chosen),
        "site": area.site or "",
        "miles": "" if area.miles is None else f"{area.miles:g}",
        "counts_branches": area.counts_branches,
        "is_headline": area.is_headline,
        "seen": str(area.version),
    }
