"""Public registers and reference data: publishers' files > plain records, one publisher's layout a file."""

from .addresses import address_key, company_number, postcode_within, text_key, tidy_postcode
from .files import UnreadableFileError, unpacked_size
from .grid import latitude_longitude
from .layouts import Layout
from .reading import KINDS, LAYOUTS, Kept, Refused, layout_of, read_file, recognise
from .records import Body, Code, NamedArea, OtherName, Place, Ranked, Record, RowRefused

__all__ = [
    "KINDS",
    "LAYOUTS",
    "Body",
    "Code",
    "Kept",
    "Layout",
    "NamedArea",
    "OtherName",
    "Place",
    "Ranked",
    "Record",
    "Refused",
    "RowRefused",
    "UnreadableFileError",
    "address_key",
    "company_number",
    "latitude_longitude",
    "layout_of",
    "postcode_within",
    "read_file",
    "recognise",
    "text_key",
    "tidy_postcode",
    "unpacked_size",
]
