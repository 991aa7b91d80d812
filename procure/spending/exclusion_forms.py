"""What people fill in about money that is left out of the local share."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from ..pages.forms import Line, Paragraph, ProcureForm


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
