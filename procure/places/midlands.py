"""The demonstration place, Birmingham and Sandwell: its postcode districts and roughly where each lies.

Centres are rounded to a hundredth of a degree, about a kilometre. They draw a small map and give a first distance;
the ONS Postcode Directory, once loaded, takes their place.
"""

from .areas import Area, outcode_area

BIRMINGHAM_CODE = "E08000025"
SANDWELL_CODE = "E08000028"

BIRMINGHAM_CENTRES: dict[str, tuple[float, float]] = {
    "B1": (52.48, -1.91), "B2": (52.48, -1.90), "B3": (52.48, -1.90), "B4": (52.48, -1.89), "B5": (52.47, -1.90),
    "B6": (52.50, -1.89), "B7": (52.49, -1.87), "B8": (52.49, -1.84), "B9": (52.48, -1.85), "B10": (52.47, -1.85),
    "B11": (52.45, -1.86), "B12": (52.46, -1.88), "B13": (52.44, -1.88), "B14": (52.42, -1.89), "B15": (52.47, -1.92),
    "B16": (52.48, -1.93), "B17": (52.46, -1.96), "B18": (52.49, -1.92), "B19": (52.50, -1.90), "B20": (52.51, -1.92),
    "B21": (52.51, -1.94), "B23": (52.53, -1.85), "B24": (52.52, -1.83), "B25": (52.47, -1.82), "B26": (52.46, -1.79),
    "B27": (52.44, -1.82), "B28": (52.43, -1.84), "B29": (52.44, -1.95), "B30": (52.42, -1.93), "B31": (52.41, -1.97),
    "B32": (52.45, -1.99), "B33": (52.48, -1.79), "B34": (52.50, -1.78), "B35": (52.52, -1.79), "B38": (52.40, -1.93),
    "B42": (52.53, -1.91), "B44": (52.55, -1.88), "B45": (52.39, -2.01), "B72": (52.55, -1.82), "B73": (52.55, -1.84),
    "B74": (52.58, -1.86), "B75": (52.58, -1.81), "B76": (52.55, -1.79),
}  # fmt: skip
"""Districts that lie mostly within the City of Birmingham, with (latitude, longitude)."""

SANDWELL_CENTRES: dict[str, tuple[float, float]] = {
    "B43": (52.55, -1.93), "B64": (52.47, -2.07), "B65": (52.48, -2.04), "B66": (52.49, -1.96), "B67": (52.49, -1.98),
    "B68": (52.48, -2.00), "B69": (52.50, -2.03), "B70": (52.52, -2.00), "B71": (52.54, -1.99), "DY4": (52.53, -2.05),
    "WS10": (52.56, -2.02),
}  # fmt: skip
"""Districts that lie mostly within the Metropolitan Borough of Sandwell."""

NEARBY_CENTRES: dict[str, tuple[float, float]] = {
    "B36": (52.50, -1.78), "B37": (52.48, -1.74), "B40": (52.45, -1.72), "B46": (52.51, -1.69), "B47": (52.39, -1.88),
    "B48": (52.36, -1.95), "B62": (52.46, -2.03), "B63": (52.45, -2.07), "B90": (52.40, -1.82), "B91": (52.41, -1.78),
    "B92": (52.44, -1.77), "DY1": (52.52, -2.10), "DY2": (52.50, -2.08), "DY5": (52.48, -2.12), "WS1": (52.58, -1.98),
    "WS5": (52.57, -1.96), "WV1": (52.59, -2.12), "WV14": (52.56, -2.08), "CV1": (52.41, -1.51),
}  # fmt: skip
"""Neighbouring districts of Solihull, Dudley, Walsall, Wolverhampton, Bromsgrove and Coventry."""

OUTCODE_CENTRES: dict[str, tuple[float, float]] = BIRMINGHAM_CENTRES | SANDWELL_CENTRES | NEARBY_CENTRES

BIRMINGHAM: Area = outcode_area("Birmingham postcodes", BIRMINGHAM_CENTRES)
SANDWELL: Area = outcode_area("Sandwell postcodes", SANDWELL_CENTRES)
BIRMINGHAM_AND_SANDWELL: Area = outcode_area("Birmingham and Sandwell postcodes", BIRMINGHAM_CENTRES | SANDWELL_CENTRES)
