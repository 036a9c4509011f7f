"""The time axis."""

import math

import pytest

from riskmap.report.figures.scale import tick_label, time_scale


def labels(*hours: float) -> list[str]:
    return [tick_label(t) for t in time_scale(hours).ticks()]


def test_linear_while_times_are_alike() -> None:
    assert labels(8, 94) == ["now", "1 d", "2 d", "3 d"]
    scale = time_scale([8, 94])
    assert scale.fraction(47) == pytest.approx(0.5)


def test_compressed_when_they_are_not() -> None:
    assert labels(8, 240) == ["now", "4 h", "8 h", "1 d", "3 d", "10 d"]
    scale = time_scale([8, 240])
    assert scale.fraction(8) > 0.15
    assert scale.fraction(240) == pytest.approx(1)


@pytest.mark.parametrize("longest", [0.1, 1, 24, 48, 300, 9000, 1e6])
def test_ticks_are_few_and_in_order(longest: float) -> None:
    for times in ([longest], [longest, longest / 900]):
        ticks = time_scale(times).ticks()
        assert 2 <= len(ticks) <= 12
        assert list(ticks) == sorted(set(ticks))
        assert ticks[-1] <= longest


def test_what_never_ends_reaches_past_all_that_does() -> None:
    scale = time_scale([8, 94, math.inf], left=10, right=110)
    assert scale.x(math.inf) == 110
    assert scale.x(94) == pytest.approx(96)
    assert scale.x(0) == 10


def test_nothing_to_scale() -> None:
    assert labels() == labels(0, math.inf) == ["now", "4 h", "8 h", "12 h", "16 h", "20 h", "1 d"]
