"""The year that a file's name tells, for ledgers whose days or months have none."""

import re
from pathlib import PurePath

from procure.sheets.days import MONTHS

_PAIR = re.compile(r"(?<![0-9])(20[0-9]{2})[-_ ](?:20)?([0-9]{2})(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?:(?![0-9])|(?=[01][0-9](?:[0-3][0-9])?(?![0-9])))")
_SHORT = re.compile(rf"(?<![a-z])(?:{'|'.join(MONTHS)})[-_ ]?([0-9]{{2}})(?![0-9])")


def years_in_name(filename: str) -> str:
    """The year, or the pair of years, that a file's name tells; blank where it tells none or several."""
    stem = PurePath(filename).stem.lower()
    pairs = {f"{first}/{second}" for first, second in _PAIR.findall(stem) if int(second) == (int(first) + 1) % 100}
    single = set(_YEAR.findall(_PAIR.sub("", stem) if pairs else stem))
    told = pairs or single or {f"20{short}" for short in _SHORT.findall(stem)}
    return told.pop() if len(told) == 1 else ""
