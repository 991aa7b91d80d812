"""Where the shared development data lies, and what a test does when it is not there."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("PROCURE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
IS_REQUIRED = os.environ.get("PROCURE_REQUIRE_SHARED") == "1"

needs_shared = pytest.mark.skipif(
    not IS_REQUIRED and not (SHARED / "data").is_dir(),
    reason="needs the shared development data in a folder called shared beside this checkout",
)
