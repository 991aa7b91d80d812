"""Places: postcodes, the areas people call local, and the distance between two points."""

from .areas import CODED, ROUGH_MILES, UNKNOWN_PLACE, Area, Location, outcode_area
from .distance import miles_between
from .midlands import BIRMINGHAM, BIRMINGHAM_AND_SANDWELL, OUTCODE_CENTRES, SANDWELL
from .postcode_areas import POSTCODE_AREAS, REGIONS, PostcodeArea
from .postcodes import is_outcode, outward_code, parse_postcode, postcode_area

__all__ = [
    "BIRMINGHAM",
    "BIRMINGHAM_AND_SANDWELL",
    "CODED",
    "OUTCODE_CENTRES",
    "POSTCODE_AREAS",
    "REGIONS",
    "ROUGH_MILES",
    "SANDWELL",
    "UNKNOWN_PLACE",
    "Area",
    "Location",
    "PostcodeArea",
    "is_outcode",
    "miles_between",
    "outcode_area",
    "outward_code",
    "parse_postcode",
    "postcode_area",
]
