"""Fields by which people say who they are."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import EmailField, PasswordField
from wtforms.validators import Email, InputRequired, Length

from .forms import PlainText, clean_text

ADDRESS = "Enter an email address, like name@example.org"


class Address(EmailField):
    """One email address."""

    widget = GovTextInput()

    def __init__(self, label: str = "Email address", **kwargs: Any) -> None:
        checks = [
            InputRequired("Enter an email address"),
            Length(max=254, message=ADDRESS),
            PlainText(),
            Email(ADDRESS),
        ]
        super().__init__(label, validators=checks, filters=[clean_text], render_kw={"autocomplete": "email"}, **kwargs)


class NewPassword(PasswordField):
    """A password being chosen."""

    widget = GovPasswordInput()

    def __init__(self, **kwargs: Any) -> None:
        checks = [InputRequired("Enter a password"), Length(max=512, message="Your password is too long")]
        super().__init__("Password", validators=checks, render_kw={"autocomplete": "new-password"}, **kwargs)
