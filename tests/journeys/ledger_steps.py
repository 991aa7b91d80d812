"""What an officer does with a ledger on the pages, from the file to the confirmed ledger."""

import io
import re
from collections.abc import Callable
from typing import Any


def confirm_ledger(officer: Any, run_jobs: Callable[[], Any], text: str, name: str = "a.csv") -> str:
    """Upload a ledger, have it read, confirm what is shown and have its payees looked at; the address of the ledger."""
    sent = officer.post("/spending/ledgers/new", {"ledger": (io.BytesIO(text.encode()), name)})
    assert sent.status_code == 302, sent.text
    run_jobs()
    address: str = sent.headers["Location"]
    page = officer.get(address).text
    pence = re.search(r'name="seen_pence" value="(-?\d+)"', page)
    assert pence, page
    officer.post(f"{address}/confirm", {"seen_pence": pence.group(1)}, page=address)
    run_jobs()
    return address
