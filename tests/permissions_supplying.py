"""Who may use which page of this journey."""

from .permission_words import ANYONE, ENTERPRISE, NETWORK

SUPPLYING: dict[str, frozenset[str]] = {
    "supplying.register": ANYONE,
    "supplying.answer_question": ENTERPRISE,
    "supplying.show_profile": ENTERPRISE,
    "supplying.take_over": ENTERPRISE,
    "supplying.list_matches": ENTERPRISE,
    "supplying.show_lot": ENTERPRISE,
    "supplying.answer_lot": ENTERPRISE,
    "supplying.list_consortia": ENTERPRISE,
    "supplying.new_consortium": ENTERPRISE,
    "supplying.show_consortium": ENTERPRISE,
    "supplying.invite_partner": ENTERPRISE,
    "supplying.accept_consortium": ENTERPRISE,
    "supplying.decline_consortium": ENTERPRISE,
    "supplying.leave_consortium": ENTERPRISE,
    "supplying.remove_member": ENTERPRISE,
    "supplying.hand_over_consortium": ENTERPRISE,
    "supplying.dissolve_consortium": ENTERPRISE,
    "supplying.list_members": NETWORK,
    "supplying.register_member": NETWORK,
    "supplying.show_member": NETWORK,
    "supplying.invite_claim": NETWORK,
    "supplying.upload_members": NETWORK,
    "supplying.show_upload": NETWORK,
    "supplying.confirm_upload": NETWORK,
    "supplying.discard_upload": NETWORK,
    "supplying.download_refused": NETWORK,
    "supplying.download_template": NETWORK,
    "supplying.download_example": NETWORK,
}
