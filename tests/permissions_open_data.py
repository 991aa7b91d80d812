"""Who may use which page of this journey."""

from .permission_words import ANYONE, FINANCE

READERS = FINANCE | {"anchor:viewer"}

REPORT_READERS = READERS | {"place:viewer", "place:admin"}
REPORT_MAKERS = FINANCE | {"place:admin"}

OPEN_DATA: dict[str, frozenset[str]] = {
    "open_data.show_accuracy": ANYONE,
    "open_data.feed_lots": ANYONE,
    "open_data.list_measures": ANYONE,
    "open_data.show_measure": ANYONE,
    "open_data.show_public_page": ANYONE,
    "open_data.download_public_figures": ANYONE,
    "open_data.list_reports": REPORT_READERS,
    "open_data.ask_report": REPORT_MAKERS,
    "open_data.show_report": REPORT_READERS,
    "open_data.download_report": REPORT_READERS,
    "open_data.remove_report": REPORT_MAKERS,
    "open_data.show_switch": READERS,
    "open_data.publish_page": FINANCE,
    "open_data.withdraw_page": FINANCE,
    "open_data.choose_statutory_file": READERS,
    "open_data.show_statutory_file": READERS,
    "open_data.download_statutory_file": FINANCE,
    "open_data.explain_statutory_files": ANYONE,
    "open_data.list_names": READERS,
    "open_data.decide_name": FINANCE,
}
