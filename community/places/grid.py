"""The British National Grid (OSGB36) → latitude and longitude (WGS 84), good to about five metres.

Formulae and constants: Ordnance Survey, "A guide to coordinate systems in Great Britain",
section 6.6 and annexes B and C.
"""

from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan

# Airy 1830, on which the grid is drawn, and GRS80, which WGS 84 uses: semi-axes in metres.
AIRY = (6_377_563.396, 6_356_256.909)
GRS80 = (6_378_137.0, 6_356_752.3141)
SCALE = 0.9996012717
ORIGIN = (radians(49), radians(-2))
CLOSE = 1e-5
"""A hundredth of a millimetre."""
FALSE_EAST, FALSE_NORTH = 400_000.0, -100_000.0
# OSGB36 → WGS 84: metres, parts per million, seconds of arc.
SHIFT, STRETCH, TURN = (446.448, -125.157, 542.060), -20.4894e-6, (0.1502, 0.2470, 0.8421)


def to_wgs84(easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude in degrees of a grid position in metres."""
    return _helmert(*_unproject(easting, northing))


def _arc(phi: float) -> float:
    """Length of the meridian from the true origin to `phi`."""
    a, b = AIRY
    n = (a - b) / (a + b)
    n2, n3 = n * n, n * n * n
    less, more = phi - ORIGIN[0], phi + ORIGIN[0]
    return (
        b
        * SCALE
        * (
            (1 + n + 5 / 4 * n2 + 5 / 4 * n3) * less
            - (3 * n + 3 * n2 + 21 / 8 * n3) * sin(less) * cos(more)
            + (15 / 8 * n2 + 15 / 8 * n3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n3 * sin(3 * less) * cos(3 * more)
        )
    )


def _unproject(easting: float, northing: float) -> tuple[float, float]:
    """Inverse transverse Mercator: latitude and longitude on Airy's ellipsoid, in radians."""
    a, b = AIRY
    phi = ORIGIN[0]
    while abs(rest := northing - FALSE_NORTH - _arc(phi)) > CLOSE:
        phi += rest / (a * SCALE)
    e2 = 1 - (b * b) / (a * a)
    bend = 1 - e2 * sin(phi) ** 2
    nu = a * SCALE / sqrt(bend)
    rho = a * SCALE * (1 - e2) * bend**-1.5
    eta2 = nu / rho - 1
    t, t2 = tan(phi), tan(phi) ** 2
    x = easting - FALSE_EAST
    latitude = (
        phi
        - t / (2 * rho * nu) * x**2
        + t / (24 * rho * nu**3) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2) * x**4
        - t / (720 * rho * nu**5) * (61 + 90 * t2 + 45 * t2**2) * x**6
    )
    east = (
        x / nu
        - (nu / rho + 2 * t2) / (6 * nu**3) * x**3
        + (5 + 28 * t2 + 24 * t2**2) / (120 * nu**5) * x**5
        - (61 + 662 * t2 + 1320 * t2**2 + 720 * t2**3) / (5040 * nu**7) * x**7
    )
    return latitude, ORIGIN[1] + east / cos(phi)


def _helmert(phi: float, lam: float) -> tuple[float, float]:
    """Turn, stretch and shift from one ellipsoid to the other; degrees."""
    a, b = AIRY
    e2 = 1 - (b * b) / (a * a)
    nu = a / sqrt(1 - e2 * sin(phi) ** 2)
    x, y, z = nu * cos(phi) * cos(lam), nu * cos(phi) * sin(lam), nu * (1 - e2) * sin(phi)
    rx, ry, rz = (radians(seconds / 3600) for seconds in TURN)
    grow = 1 + STRETCH
    x2 = SHIFT[0] + grow * x - rz * y + ry * z
    y2 = SHIFT[1] + rz * x + grow * y - rx * z
    z2 = SHIFT[2] - ry * x + rx * y + grow * z
    a, b = GRS80
    e2 = 1 - (b * b) / (a * a)
    flat = hypot(x2, y2)
    latitude = atan2(z2, flat * (1 - e2))
    for _ in range(5):
        nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
        latitude = atan2(z2 + e2 * nu * sin(latitude), flat)
    return degrees(latitude), degrees(atan2(y2, x2))
