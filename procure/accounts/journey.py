"""Coming in, one's own account, and what everybody signed in may use."""

from flask import Blueprint

journey = Blueprint("accounts", __name__)
