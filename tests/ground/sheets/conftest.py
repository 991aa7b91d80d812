"""What the tests of ledgers share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from procure.sheets import LedgerReading, read_payments


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., LedgerReading]:
    """Reads content as a ledger, under any name where none is given."""

    def reader(content: bytes | str, name: str = "ledger.bin", **options: Any) -> LedgerReading:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_payments(path, **options)

    return reader
