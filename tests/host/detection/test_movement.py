"""A movement: the target comes to lead, and lets go again."""

import numpy as np

from host.detection.cocontraction import Episode
from host.detection.guards import Effort
from host.detection.movement import MovementWatch, leading

HOP, RATE_HZ = 1, 100.0


def movements(levels: list[float]) -> list[tuple[int, int]]:
    watch = MovementWatch(Effort(low=0.3, dwell_s=0.05), HOP, RATE_HZ, (1,))
    activation = np.column_stack([np.full(len(levels), 9.0), levels])
    found: list[Episode] = [one for _, one in watch.push(0, activation)[1]]
    return [(one.start, one.stop) for one in [*found, *watch.close(len(levels))]]


def test_two_movements_are_two_although_the_muscle_never_came_to_rest() -> None:
    levels = [0.0] * 5 + [0.8] * 20 + [0.15] * 12 + [0.7] * 20 + [0.0] * 12
    assert movements(levels) == [(5, 25), (37, 57)]


def test_what_does_not_lead_for_long_enough_is_none() -> None:
    assert movements([0.0] * 5 + [0.8] * 4 + [0.0] * 20) == []
    assert movements([0.25] * 40) == []


def test_p8_it_leads_from_the_lower_end_of_the_corridor_on() -> None:
    thresholds = leading(Effort(low=0.4, dwell_s=0.2))
    assert (thresholds.enter, thresholds.enter_s) == (0.4, 0.2)
    assert 0.0 < thresholds.leave < 0.4
