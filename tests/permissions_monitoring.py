"""Who may use which page of this journey."""

from .permission_words import PLACE

ADMINS = frozenset({"place:admin"})

MONITORING: dict[str, frozenset[str]] = {
    "monitoring.show_place": PLACE,
    "monitoring.list_anchors": PLACE,
    "monitoring.ask_anchor": ADMINS,
    "monitoring.show_anchor": PLACE,
    "monitoring.list_open_lots": PLACE,
    "monitoring.list_enterprises": PLACE,
    "monitoring.edit_area": ADMINS,
}
