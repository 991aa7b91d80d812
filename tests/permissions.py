"""The one table of who may use which page. A route that is not here fails the house's test.

Words: ANYONE, SIGNED_IN, or permissions of the organisation acted for. Each journey has its part in this folder's
`permissions_<journey>.py`.
"""

from .permission_words import ANYONE, INSTALLATION, SIGNED_IN
from .permissions_buying import BUYING
from .permissions_monitoring import MONITORING
from .permissions_open_data import OPEN_DATA
from .permissions_spending import SPENDING
from .permissions_supplying import SUPPLYING
from .permissions_surveying import SURVEYING

ACCOUNTS = {
    "accounts.start": ANYONE,
    "accounts.sign_in": ANYONE,
    "accounts.sign_out": ANYONE,
    "accounts.set_up": ANYONE,
    "accounts.home": SIGNED_IN,
    "accounts.search": SIGNED_IN,
    "accounts.choose_organisation": SIGNED_IN,
    "accounts.accept_invitation": ANYONE,
    "accounts.ask_reset": ANYONE,
    "accounts.choose_password": ANYONE,
    "accounts.show_account": SIGNED_IN,
    "accounts.show_job": SIGNED_IN,
    "accounts.tell_health": ANYONE,
    "accounts.show_help": ANYONE,
    "accounts.show_privacy": ANYONE,
    "accounts.show_accessibility": ANYONE,
}

ORGANISATION_ADMINS = frozenset({"anchor:admin", "enterprise:admin", "place:admin", "network:admin"})
ADMINISTERING = {
    "administering.list_organisations": INSTALLATION,
    "administering.new_organisation": INSTALLATION,
    "administering.show_organisation": INSTALLATION,
    "administering.suspend_organisation": INSTALLATION,
    "administering.restore_organisation": INSTALLATION,
    "administering.list_people": ORGANISATION_ADMINS,
    "administering.end_membership": ORGANISATION_ADMINS,
    "administering.withdraw_invitation": ORGANISATION_ADMINS,
    "administering.list_mail": INSTALLATION,
    "administering.show_mail": INSTALLATION,
    "administering.try_mail_again": INSTALLATION,
    "administering.list_jobs": INSTALLATION,
    "administering.list_audit": INSTALLATION,
    "administering.show_health": INSTALLATION,
    "administering.list_lessons": INSTALLATION,
    "administering.try_lesson": INSTALLATION,
    "administering.show_lesson": INSTALLATION,
    "administering.revert_lesson": INSTALLATION,
    "administering.put_lesson_back": INSTALLATION,
    "administering.list_reference": INSTALLATION,
    "administering.load_reference": INSTALLATION,
    "administering.show_edition": INSTALLATION,
}

PERMISSIONS: dict[str, frozenset[str]] = {
    **ACCOUNTS,
    **ADMINISTERING,
    **BUYING,
    **MONITORING,
    **OPEN_DATA,
    **SPENDING,
    **SUPPLYING,
    **SURVEYING,
}

__all__ = ["INSTALLATION", "PERMISSIONS"]
