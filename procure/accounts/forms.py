"""What people type about themselves."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from ..pages.forms import Line, ProcureForm
from ..pages.identity import Address, NewPassword


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
