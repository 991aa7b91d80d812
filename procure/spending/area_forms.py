"""What people fill in about areas, and about what is left out of the local share."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from ..pages.forms import Line, Paragraph, ProcureForm
from ..services import area_words, areas
from ..services.area_words import KINDS, MOST_MILES, Wanted
from ..services.errors import RefusedError

MOST_SHOWN = 5


class AreaForm(ProcureForm):
    """An area of any kind. What was typed becomes a `Wanted`, or mistakes beside the fields."""

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
    is_headline = BooleanField("Use this area for our headline figure", widget=GovCheckboxInput())

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


class RuleForm(ProcureForm):
    """Leaving money out by a rule, or counting it again."""

    seen = HiddenField()
    is_on = BooleanField("Leave this money out", widget=GovCheckboxInput())
    categories = Paragraph("Categories to leave out, one on each line, as your ledger writes them", most=60_000)
    reason = Line("Why", most=300, validators=(InputRequired("Say why, like Our board counts purchases only"),))

    @property
    def seen_id(self) -> int:
        typed = self.seen.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    @property
    def listed(self) -> list[str]:
        return [line.strip() for line in (self.categories.data or "").splitlines() if line.strip()]
