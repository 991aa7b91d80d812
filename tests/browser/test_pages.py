"""Every page people live on, at two widths: sound for axe, no script error, no sideways scroll."""

from collections.abc import Callable
from typing import Any

import pytest

from procure.services.demonstration.totals import PAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("role", sorted(PAGES))
def test_the_pages_of_each_role_are_sound(reader: Callable[..., Any], role: str, width: int) -> None:
    person = reader(width).sign_in(role)
    for path in person.person(role)["pages"]:
        person.open(path)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_before_signing_in_are_sound(reader: Callable[..., Any], width: int) -> None:
    visitor = reader(width)
    for path in ("/", "/sign-in", "/password", "/help", "/privacy", "/accessibility", "/supplying/register"):
        visitor.open(path)
