"""National Grid eastings and northings into latitude and longitude."""

from math import atan2, cos, degrees, pi, radians, sin, sqrt, tan

_AIRY = (6_377_563.396, 6_356_256.909)
_GRS80 = (6_378_137.0, 6_356_752.314_140)
_SCALE = 0.999_601_271_7
_TRUE_LATITUDE, _TRUE_LONGITUDE = radians(49), radians(-2)
_EAST, _NORTH = 400_000.0, -100_000.0
_SHIFT_METRES = (446.448, -125.157, 542.060)
_TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
_STRETCH = -20.4894e-6
_CLOSE_METRES = 1e-5


def latitude_longitude(easting: float, northing: float) -> tuple[float, float]:
    """Where a point of the National Grid lies, in degrees of WGS84.

    easting, northing  metres from the grid's false origin (OSGB36)
    returns            (latitude, longitude), within about 5 metres in Great Britain: the seven-parameter shift is an
                       average, and the exact one is a grid of corrections too large to ship
    source             Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B, C; 6.6
    """
    latitude, longitude = _unproject(easting, northing)
    return _ellipsoidal(_shifted(_cartesian(latitude, longitude)))


def _unproject(easting: float, northing: float) -> tuple[float, float]:
    """Annex C.2: the reverse of the transverse Mercator projection, in radians of OSGB36."""
    a, b = _AIRY
    squared = (a * a - b * b) / (a * a)
    latitude = (northing - _NORTH) / (a * _SCALE) + _TRUE_LATITUDE
    while abs(rest := northing - _NORTH - _meridian(latitude)) >= _CLOSE_METRES:
        latitude += rest / (a * _SCALE)
    sine2 = sin(latitude) ** 2
    nu = a * _SCALE / sqrt(1 - squared * sine2)
    rho = a * _SCALE * (1 - squared) / (1 - squared * sine2) ** 1.5
    eta2 = nu / rho - 1
    t2 = tan(latitude) ** 2
    east = easting - _EAST
    seventh = tan(latitude) / (2 * rho * nu)
    eighth = seventh / (12 * nu**2) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2)
    ninth = seventh / (360 * nu**4) * (61 + 90 * t2 + 45 * t2 * t2)
    tenth = 1 / (cos(latitude) * nu)
    eleventh = tenth / (6 * nu**2) * (nu / rho + 2 * t2)
    twelfth = tenth / (120 * nu**4) * (5 + 28 * t2 + 24 * t2 * t2)
    last = tenth / (5040 * nu**6) * (61 + 662 * t2 + 1320 * t2 * t2 + 720 * t2**3)
    return (
        latitude - seventh * east**2 + eighth * east**4 - ninth * east**6,
        _TRUE_LONGITUDE + tenth * east - eleventh * east**3 + twelfth * east**5 - last * east**7,
    )


def _meridian(latitude: float) -> float:
    """Metres along the meridian from the true origin (annex C, equation C.3)."""
    a, b = _AIRY
    n = (a - b) / (a + b)
    apart, together = latitude - _TRUE_LATITUDE, latitude + _TRUE_LATITUDE
    return (
        b
        * _SCALE
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * apart
            - (3 * n + 3 * n**2 + 2.625 * n**3) * sin(apart) * cos(together)
            + (1.875 * n**2 + 1.875 * n**3) * sin(2 * apart) * cos(2 * together)
            - 35 / 24 * n**3 * sin(3 * apart) * cos(3 * together)
        )
    )


def _cartesian(latitude: float, longitude: float) -> tuple[float, float, float]:
    a, b = _AIRY
    squared = (a * a - b * b) / (a * a)
    nu = a / sqrt(1 - squared * sin(latitude) ** 2)
    return (
        nu * cos(latitude) * cos(longitude),
        nu * cos(latitude) * sin(longitude),
        (1 - squared) * nu * sin(latitude),
    )


def _shifted(point: tuple[float, float, float]) -> tuple[float, float, float]:
    """OSGB36 to WGS84 by the average shift, turn and stretch."""
    x, y, z = point
    (dx, dy, dz), (rx, ry, rz), size = _SHIFT_METRES, _TURN, 1 + _STRETCH
    return (
        dx + x * size - y * rz + z * ry,
        dy + x * rz + y * size - z * rx,
        dz - x * ry + y * rx + z * size,
    )


def _ellipsoidal(point: tuple[float, float, float]) -> tuple[float, float]:
    x, y, z = point
    a, b = _GRS80
    squared = (a * a - b * b) / (a * a)
    flat = sqrt(x * x + y * y)
    latitude = atan2(z, flat * (1 - squared))
    before = 2 * pi
    while abs(latitude - before) > 1e-12:
        before = latitude
        nu = a / sqrt(1 - squared * sin(latitude) ** 2)
        latitude = atan2(z + squared * nu * sin(latitude), flat)
    return degrees(latitude), degrees(atan2(y, x))
