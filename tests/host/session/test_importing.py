"""A recording of another program becomes a session: same samples, same marks, same results."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from host.detection.adjustments import Adjustment
from host.detection.guards import Effort
from host.errors import RecordingError
from host.recording.events import Marker
from host.recording.reader import read_session
from host.session.asked import Asked
from host.session.importing import import_recording
from host.session.opened import Opened, open_recording
from tests.host.detection.bits import as_bits
from tests.host.recording.sessions import Disk
from tests.host.session.recordings import GAP, RATE, STOP, face, foreign, judged_at_once, opened

MARKERS = (
    Marker(sample=5000, text="smile", by="stim"),
    Marker(sample=12, text="begin", samples=30),
    Marker(sample=sum(GAP) // 2, text="in the gap"),
    Marker(sample=STOP, text="the end"),
)


def imported(made: Opened, root: Path) -> Opened:
    folder = import_recording(made, root, name="of another program")
    assert folder.parent == root
    assert folder.name.endswith("_of-another-program")
    return open_recording(folder, Asked())


def test_samples_are_equal_to_the_last_bit_and_gaps_stay_gaps(tmp_path: Path) -> None:
    made = opened(tmp_path)
    ours = imported(made, tmp_path / "sessions")
    assert ours.recorded.spans == made.recorded.spans
    assert ours.stop == STOP
    for span in made.recorded.spans:
        whole = made.recorded.samples(span.start, span.stop)
        np.testing.assert_array_equal(ours.recorded.samples(span.start, span.stop), whole)


def test_a_gap_at_the_beginning_stays_one(tmp_path: Path) -> None:
    recording = foreign(gaps=())
    late = replace(recording, runs=(replace(recording.runs[0], start=2 * RATE),))
    ours = imported(opened(tmp_path, late, cues=()), tmp_path / "sessions")
    assert ours.recorded.spans == late.spans
    np.testing.assert_array_equal(ours.recorded.samples(2 * RATE, 4 * RATE), face()[: 2 * RATE])


def test_what_was_marked_cued_and_changed_is_there_and_results_are_the_same(
    tmp_path: Path,
) -> None:
    change = Adjustment(start=3000, effort=Effort(ceiling=0.4))
    made = replace(opened(tmp_path, markers=MARKERS), adjustments=(change,))
    ours = imported(made, tmp_path / "sessions")
    assert ours.markers == tuple(sorted(MARKERS, key=lambda marker: marker.sample))
    assert (ours.cues, ours.adjustments, ours.affected) == (made.cues, (change,), made.affected)
    was, now = (judged_at_once(one) for one in (made, ours))
    assert [as_bits(frame) for frame in now] == [as_bits(frame) for frame in was]


def test_remarks_labels_and_the_day_are_kept(tmp_path: Path) -> None:
    made = replace(
        opened(tmp_path),
        remarks=("10 samples are missing in 1 gap.",),
        labels=("EMG 1", "EMG 2", "EMG 3", "EMG 4"),
        created="2020-02-03T04:05:06",
    )
    folder = import_recording(made, tmp_path / "sessions", name="x")
    manifest = read_session(folder).manifest
    assert manifest.remarks == ("Imported from smiles.", "10 samples are missing in 1 gap.")
    assert manifest.labels == made.labels
    assert manifest.created == "2020-02-03T04:05:06"


def test_a_disk_that_refuses_leaves_no_half_of_a_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    disk.room = 60_000
    with pytest.raises(RecordingError, match="cannot be written"):
        import_recording(opened(tmp_path), tmp_path / "sessions", name="x")
    assert list((tmp_path / "sessions").iterdir()) == []


def test_a_file_that_is_cut_while_it_is_read_leaves_none_either(tmp_path: Path) -> None:
    made = opened(tmp_path)

    class Cut:
        """A recording whose file ends early."""

        stream, spans = made.recorded.stream, made.recorded.spans

        def samples(self, start: int, stop: int) -> np.ndarray:
            if stop > 4000:
                raise RecordingError("it was cut while it was open.")
            return made.recorded.samples(start, stop)

    with pytest.raises(RecordingError, match="cut while it was open"):
        import_recording(replace(made, recorded=Cut()), tmp_path / "sessions", name="x")
    assert list((tmp_path / "sessions").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file")
    with pytest.raises(RecordingError, match=r"\.$") as refused:
        import_recording(opened(tmp_path), tmp_path / "sessions", name="x")
    assert "Errno" not in str(refused.value)
