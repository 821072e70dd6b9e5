"""The National Grid → latitude and longitude."""

import pytest

from community.places import grid


def test_the_survey_s_own_worked_example() -> None:
    """Caister water tower, from "A guide to coordinate systems in Great Britain"."""
    assert grid.to_wgs84(651409.903, 313177.270) == pytest.approx((52.657979, 1.716052), abs=2e-5)


@pytest.mark.parametrize(
    ("easting", "northing", "expected"),
    [
        (530047, 180422, (51.5077, -0.1279)),  # Charing Cross
        (325900, 673900, (55.9520, -3.1880)),  # Edinburgh, Waverley
        (447300, 1141400, (60.1537, -1.1498)),  # Lerwick
    ],
)
def test_places_known_by_heart(easting: float, northing: float, expected: tuple[float, float]) -> None:
    assert grid.to_wgs84(easting, northing) == pytest.approx(expected, abs=0.002)
