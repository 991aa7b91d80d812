"""Who may use which page of this journey."""

from .permission_words import ANCHOR, BUYERS

READING = (
    "list_lots",
    "show_lot",
    "list_candidates",
    "compare_candidates",
    "show_latest_ranking",
    "show_ranking",
    "show_upload",
    "list_decisions",
    "list_enterprises",
    "show_enterprise",
    "show_law",
    "show_barriers",
    "show_forms_of_bidding",
    "list_reasons",
)
WRITING = (
    "new_lot",
    "add_lot",
    "edit_lot",
    "upload_lots",
    "confirm_upload",
    "discard_upload",
    "download_template",
    "download_example",
    "refresh_proposals",
    "open_lot",
    "close_lot",
    "withdraw_lot",
    "reopen_lot",
    "restore_lot",
    "decide",
    "award_lot",
    "answer_facts",
    "answer_health_care",
    "answer_regime",
    "answer_reservation",
    "answer_barrier",
)
BUYING: dict[str, frozenset[str]] = {
    **{f"buying.{name}": ANCHOR for name in READING},
    **{f"buying.{name}": BUYERS for name in WRITING},
}
