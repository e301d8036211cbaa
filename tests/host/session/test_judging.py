"""Judging a whole recording: the very frames of the session, also under other terms."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calibration.patterns import Role, pattern
from calibration.reference import Reference
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Thresholds
from host.detection.frame import Frame
from host.detection.guards import Effort
from host.session.judging import Judging, WhatIf
from host.session.opened import Opened
from host.session.terms import with_role
from tests.host.detection.bits import as_bits
from tests.host.session.recordings import EYE_RIGHT, SMILE, judged_at_once, opened

SHARPER = Thresholds(enter=0.1, leave=0.05)
HARDER = Effort(ceiling=0.4)


def frames(made: Opened, step_s: float = 2.0) -> list[Frame]:
    return [frame for part in Judging(made, step_s=step_s) for frame in part]


@settings(
    deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.floats(0.004, 40.0))
def test_frames_are_the_same_in_pieces_of_any_length(tmp_path: Path, step_s: float) -> None:
    made = opened(tmp_path)
    whole = [as_bits(frame) for frame in judged_at_once(made)]
    assert [as_bits(frame) for frame in frames(made, step_s)] == whole


def test_it_knows_how_far_it_has_come_and_what_went_on_at_the_end(tmp_path: Path) -> None:
    made = opened(tmp_path)
    made = replace(made, cues=(replace(made.cues[0], pattern="pucker"),))
    judging = Judging(made, step_s=1.0)
    stops = [judging.stop for _ in judging]
    assert stops == sorted(stops)
    assert judging.stop == made.stop
    assert all(episode.cut and episode.stop >= made.stop - 2 for episode in judging.finish())


def test_nothing_asked_changes_nothing(tmp_path: Path) -> None:
    made = opened(tmp_path)
    assert WhatIf().empty
    same = WhatIf().applied(made)
    assert [as_bits(frame) for frame in frames(same)] == [as_bits(frame) for frame in frames(made)]


def test_other_terms_hold_from_the_first_sample_to_the_last(tmp_path: Path) -> None:
    change = Adjustment(start=3000, thresholds=Thresholds(enter=0.9, leave=0.8))
    made = replace(opened(tmp_path), adjustments=(change,))
    supposed = WhatIf(thresholds=SHARPER).applied(made)
    known = np.concatenate([frame.threshold for frame in frames(supposed)])
    # A slight eye may rise 1.5 times as high in a smile (T2).
    np.testing.assert_allclose(np.unique(known[~np.isnan(known)]), [0.1, 0.15])


def test_what_a_therapist_changed_counts_where_nothing_else_is_asked(tmp_path: Path) -> None:
    change = Adjustment(
        start=3000, thresholds=SHARPER, effort=HARDER, patterns=(pattern("pucker"),)
    )
    made = replace(opened(tmp_path), adjustments=(change,))
    roles = with_role(pattern(SMILE), "OOC", Role.TOLERATED)
    (left,) = WhatIf(effort=Effort(ceiling=2.0), patterns=(roles,)).applied(made).adjustments
    assert left == replace(change, effort=None)
    (left,) = WhatIf(patterns=(pattern("pucker"),)).applied(made).adjustments
    assert left == replace(change, patterns=())
    (last, *_) = frames(WhatIf(effort=Effort(ceiling=2.0)).applied(made))[::-1]
    assert last.effort.ceiling == 2.0
    assert np.nanmin(last.threshold) == pytest.approx(0.1)


def test_another_role_and_another_reference_show_in_the_frames(tmp_path: Path) -> None:
    made = opened(tmp_path)
    roles = with_role(pattern(SMILE), "OOC", Role.TOLERATED)
    smiling = frames(WhatIf(patterns=(roles,)).applied(made))[900]
    assert np.isnan(smiling.threshold[EYE_RIGHT])
    was = frames(made)[900].activation
    half = frames(WhatIf(gentle_uv=40.0).applied(made))[900].activation
    np.testing.assert_allclose(half, was / 2.0)
    assert made.reference is not None
    other = Reference(
        rest_uv=made.reference.rest_uv,
        noise_uv=made.reference.noise_uv,
        gentle_uv=np.full(4, 10.0),
        calibrated=True,
    )
    twice = frames(WhatIf(reference=other).applied(made))[900].activation
    np.testing.assert_allclose(twice, was * 2.0)


def test_another_gentle_level_counts_where_nobody_calibrated(tmp_path: Path) -> None:
    made = replace(opened(tmp_path), reference=None)
    was, half = frames(made)[-1], frames(WhatIf(gentle_uv=40.0).applied(made))[-1]
    np.testing.assert_allclose(half.activation, was.activation / 2.0)
    assert not half.calibrated
