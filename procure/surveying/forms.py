"""What a supplier fills in."""

from typing import Any

from flask_wtf import FlaskForm

from ..pages.respending import RespendFields


class SpendingForm(RespendFields, FlaskForm):
    """The three questions, without an account."""

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        return super().validate(*args, **kwargs) and self.says_something()
