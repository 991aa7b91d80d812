"""What lists of a ledger's lines share."""

from collections.abc import Callable
from typing import Any

from ..models import Ledger
from ..pages.listing import Column


def sheet_column(ledger: Ledger, of: Callable[[Any], str], sort: Any) -> tuple[Column, ...]:
    """The column of sheet names; none for a file whose only sheet has no name."""
    return (Column("sheet", "Sheet", of, sort),) if any(each["sheet"] for each in ledger.sheets) else ()
