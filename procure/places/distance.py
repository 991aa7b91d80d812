"""How far apart two points of the Earth are."""

from math import asin, cos, radians, sin, sqrt

METRES_IN_A_MILE = 1_609.344
EARTH_RADIUS_METRES = 6_371_008.8
"""The mean radius of the ellipsoid maps are drawn on (IUGG)."""


def miles_between(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Great-circle miles between two (latitude, longitude) points in degrees, to about 0.5%."""
    latitude, other_latitude = radians(here[0]), radians(there[0])
    half_rise = sin((other_latitude - latitude) / 2)
    half_turn = sin(radians(there[1] - here[1]) / 2)
    chord = half_rise * half_rise + cos(latitude) * cos(other_latitude) * half_turn * half_turn
    return 2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(chord))) / METRES_IN_A_MILE
