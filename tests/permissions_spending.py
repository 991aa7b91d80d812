"""Who may use which page of this journey."""

from .permission_words import ANCHOR, FINANCE

READERS = FINANCE | {"anchor:viewer"}

SPENDING: dict[str, frozenset[str]] = {
    "spending.home": ANCHOR,
    "spending.list_ledgers": READERS,
    "spending.new_ledger": FINANCE,
    "spending.download_example": FINANCE,
    "spending.show_upload": FINANCE,
    "spending.read_upload": FINANCE,
    "spending.discard_upload": FINANCE,
    "spending.show_ledger": READERS,
    "spending.confirm_ledger": FINANCE,
    "spending.correct_columns": FINANCE,
    "spending.forget_columns": FINANCE,
    "spending.download_refusals": READERS,
    "spending.add_corrected_rows": FINANCE,
    "spending.list_left_out": READERS,
    "spending.leave_out": FINANCE,
    "spending.put_back": FINANCE,
    "spending.try_again": FINANCE,
    "spending.discard_ledger": FINANCE,
    "spending.download_original": READERS,
    "spending.list_payments": READERS,
    "spending.list_refusals": READERS,
    "spending.list_payees": READERS,
    "spending.show_payee": READERS,
    "spending.link_payee": FINANCE,
    "spending.reject_payee": FINANCE,
    "spending.undo_payee": FINANCE,
    "spending.check_payees": FINANCE,
    "spending.show_local_share": ANCHOR,
    "spending.list_areas": ANCHOR,
    "spending.new_area": FINANCE,
    "spending.edit_area": FINANCE,
    "spending.remove_area": FINANCE,
    "spending.list_watchers": ANCHOR,
    "spending.agree_watcher": FINANCE,
    "spending.withdraw_watcher": FINANCE,
}
