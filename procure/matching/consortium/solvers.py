"""Which solver there is: HiGHS with its own bindings, or SciPy."""

from functools import cache
from importlib.util import find_spec

from .linear import LinearProgramme

EXACT = 1e-9


def start_programme(*, exact: float = EXACT) -> LinearProgramme:
    """An empty programme, solved by HiGHS with its own bindings; by SciPy, slowly, where they are not installed."""
    if has_highspy():
        from .highs import HighsProgramme

        return HighsProgramme(exact)
    from .plain import PlainProgramme

    return PlainProgramme(exact)


@cache
def has_highspy() -> bool:
    return find_spec("highspy") is not None
