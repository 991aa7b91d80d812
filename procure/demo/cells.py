"""What a cell of a written spreadsheet may hold."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Pounds:
    """An amount of money, kept in pence until it is written."""

    pence: int

    @property
    def number(self) -> float:
        """Pounds as a spreadsheet keeps them; exact to the penny for any sum a ledger holds."""
        return self.pence / 100

    @property
    def text(self) -> str:
        """Pounds as accountants print them: 1,234.50, and (1,234.50) for a credit."""
        printed = f"{abs(self.pence) // 100:,}.{abs(self.pence) % 100:02}"
        return f"({printed})" if self.pence < 0 else printed


Cell = str | int | date | Pounds | None
