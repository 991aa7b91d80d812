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
    "monitoring.search_area": ADMINS,
    "monitoring.show_together": PLACE,
    "monitoring.publish_totals": ADMINS,
    "monitoring.list_targets": PLACE,
    "monitoring.set_target": ADMINS,
    "monitoring.take_back_target": ADMINS,
    "monitoring.choose_baseline": ADMINS,
    "monitoring.take_back_baseline": ADMINS,
    "monitoring.show_map": PLACE,
    "monitoring.show_resilience": PLACE,
    "monitoring.show_characteristic": PLACE,
    "monitoring.enter_value": ADMINS,
    "monitoring.take_back_value": ADMINS,
}
