"""UK postcodes: one written form, and the district each lies in."""

import re
from functools import lru_cache

_LETTERS = re.compile(r"[A-Z]*")
_SPACES = re.compile(r"[\s\u200b\ufeff]+")


@lru_cache(maxsize=1 << 17)
def parse_postcode(text: str) -> str | None:
    """Bring a full postcode to its one written form.

    text     a cell as somebody typed it: any case, any spacing, a full stop or comma after it
    returns  "PR1 2HE", or None where the cell holds no full postcode and nothing else; letters and
             digits that look alike (O and 0) are never exchanged, because the guess would place money
    """
    # The package opens a network client when it is first imported, so only those who parse pay for it.
    from uk_postcodes_parsing.postcode_utils import to_normalised

    squeezed = _SPACES.sub("", text).strip(".,;'\"").upper()
    return to_normalised(squeezed) if squeezed.isascii() else None


def outward_code(postcode: str) -> str:
    """The district of a postcode in normal form: "PR1 2HE" lies in "PR1"."""
    return postcode.partition(" ")[0]


@lru_cache(maxsize=1 << 12)
def is_outcode(text: str) -> bool:
    """Whether the text has the shape of a postcode district, such as B18 or EC1A, in capitals."""
    from uk_postcodes_parsing.postcode_utils import is_valid_outcode

    return text.isascii() and text == text.upper() and is_valid_outcode(text)


def postcode_area(outcode: str) -> str:
    """The letters a district begins with: "B18" belongs to "B", "EC1A" to "EC"."""
    return _LETTERS.match(outcode)[0]  # type: ignore[index]
