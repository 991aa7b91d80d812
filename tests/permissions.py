"""The one table of who may use which page. A route that is not here fails the house's test.

Words: ANYONE, SIGNED_IN, or permissions of the organisation acted for. Each journey has its part in this folder's
`permissions_<journey>.py`.
"""

from .permission_words import ANYONE, INSTALLATION, SIGNED_IN
from .permissions_buying import BUYING
from .permissions_monitoring import MONITORING
from .permissions_spending import SPENDING
from .permissions_supplying import SUPPLYING

ACCOUNTS = {
    "accounts.start": ANYONE,
    "accounts.sign_in": ANYONE,
    "accounts.sign_out": ANYONE,
    "accounts.set_up": ANYONE,
    "accounts.home": SIGNED_IN,
    "accounts.choose_organisation": SIGNED_IN,
    "accounts.accept_invitation": ANYONE,
    "accounts.ask_reset": ANYONE,
    "accounts.choose_password": ANYONE,
    "accounts.show_account": SIGNED_IN,
    "accounts.show_job": SIGNED_IN,
    "accounts.show_help": ANYONE,
    "accounts.show_privacy": ANYONE,
    "accounts.show_accessibility": ANYONE,
}

ADMINISTERING: dict[str, frozenset[str]] = {}

PERMISSIONS: dict[str, frozenset[str]] = {
    **ACCOUNTS,
    **ADMINISTERING,
    **BUYING,
    **MONITORING,
    **SPENDING,
    **SUPPLYING,
}

__all__ = ["INSTALLATION", "PERMISSIONS"]
