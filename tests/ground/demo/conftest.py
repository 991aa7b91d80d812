"""One demonstration place for all tests of the room; building it takes seconds and it cannot be changed."""

import pytest

from procure.demo import Place, demo_place


@pytest.fixture(scope="session")
def place() -> Place:
    return demo_place()
