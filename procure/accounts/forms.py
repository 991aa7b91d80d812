"""What people type about themselves."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovRadioInput, GovTextInput
from wtforms import EmailField, PasswordField, RadioField
from wtforms.validators import Email, EqualTo, InputRequired, Length

from ..pages.forms import Line, PlainText, ProcureForm, clean_text

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


class SignInForm(FlaskForm):
    email = Address()
    password = PasswordField(
        "Password",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter your password"), Length(max=512, message="Your password is too long")],
    )


class SetUpForm(FlaskForm):
    name = Line("Your name", validators=(InputRequired("Enter your name"),))
    email = Address()
    password = NewPassword()


class AcceptForm(FlaskForm):
    """For somebody the site does not know yet; the address comes from the invitation."""

    name = Line("Your name", validators=(InputRequired("Enter your name"),))
    password = NewPassword()


class AskResetForm(FlaskForm):
    email = Address()


class NewPasswordForm(FlaskForm):
    password = NewPassword()
    again = PasswordField(
        "Password again",
        widget=GovPasswordInput(),
        validators=[EqualTo("password", "The two passwords are not the same")],
    )


class ChangePasswordForm(ProcureForm):
    current = PasswordField(
        "Current password",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter your current password")],
    )
    password = NewPassword()


class InviteForm(ProcureForm):
    email = Address()
    role = RadioField("Role", widget=GovRadioInput(), validators=[InputRequired("Choose a role")])
