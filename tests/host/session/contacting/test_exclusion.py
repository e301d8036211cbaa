"""A channel that a therapist goes without: named, dated, with a reason, and refused otherwise."""

from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from calibration.montage import montages
from host.acquisition.replay import ReplaySource
from host.detection.frame import Frame
from host.detection.watch import Watch
from host.recording.event_words import kind_of, text_of
from host.recording.events import ChannelExcluded, decode_event, encode_event
from host.recording.reader import read_session
from host.session.asked import Asked
from host.session.contacting.exclusion import Exclusion, columns, excluding
from host.session.opened import open_session
from host.session.setup import patient_session
from tests.host.detection.bits import as_bits

FACE = montages()["face-8"]
UTC = "2026-11-25T09:30:00+00:00"


def excluded(name: str = "Eye, right", *, by: str = "T1", reason: str = "plaster") -> Exclusion:
    return Exclusion.of(FACE, name, by=by, reason=reason, utc=UTC)


def test_a_channel_is_excluded_by_the_name_that_a_person_knows() -> None:
    assert FACE.named(excluded().channel) == "Eye, right"
    with pytest.raises(ValueError, match="no channel 'Nose'"):
        excluded("Nose")


@pytest.mark.parametrize(("by", "reason"), [("", "plaster"), ("T1", " ")])
def test_nobody_and_no_reason_exclude_nothing(by: str, reason: str) -> None:
    with pytest.raises(ValueError, match="who decided it and why"):
        excluded(by=by, reason=reason)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        Exclusion.of(FACE, "Eye, right", by="T1", reason="plaster", utc="yesterday")


def test_the_watch_knows_the_columns_each_once() -> None:
    both = [excluded("Eye, right"), excluded("Cheek, left"), excluded("Eye, right", reason="x")]
    assert columns(both) == tuple(sorted({both[0].channel, both[1].channel}))
    assert excluding(Watch(montage=FACE), both).excluded == columns(both)


def test_its_event_says_all_of_it_and_comes_back_from_the_file() -> None:
    event = excluded().event(120)
    assert decode_event(encode_event(event)) == event
    assert kind_of(event) == "excluded"
    # Tables of results travel: the therapist's code does not go with them.
    assert text_of(event) == "Eye, right left out: plaster"


def test_a_session_without_a_channel_is_recorded_and_replayed_without_it(tmp_path: Path) -> None:
    out = excluded()
    asked = Asked(
        through_board=False,
        watched=False,
        seconds=6.0,
        record_to=tmp_path,
        exclusions=(out,),
    )
    live: list[Frame] = []
    with ExitStack() as stack:
        session = patient_session(asked)(stack).session
        while not session.over:
            live += session.step(0.05)
    (folder,) = tmp_path.iterdir()
    recording = read_session(folder)
    assert [one for one in recording.events if isinstance(one, ChannelExcluded)] == [out.event(0)]
    opened = open_session(folder, Asked())
    assert opened.watch.excluded == (out.channel,)
    monitor = opened.monitor()
    replayed: list[Frame] = []
    with ReplaySource(opened.recorded) as source:
        while (chunk := source.read(0.0)) is not None:
            replayed += monitor.push(chunk)
    assert len(replayed) > 1000
    assert [as_bits(frame) for frame in replayed] == [as_bits(one) for one in live[: len(replayed)]]
    assert all(np.isnan(frame.activation[out.channel]) for frame in replayed)
