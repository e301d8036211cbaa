"""What-if results that were saved: the original stays as it was, to the last byte."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np
import pytest

from calibration.patterns import Role, pattern
from host.chain.stream import Chunk
from host.detection.cocontraction import Thresholds
from host.detection.guards import Effort
from host.errors import RecordingError
from host.recording.events import CueGiven
from host.recording.manifest import StoredReference
from host.report.comparison import Comparison, compare
from host.report.results import judged
from host.report.revisions import read_revision, revisions_of, save_revision
from host.session.asked import Asked
from host.session.judging import WhatIf
from host.session.opened import Opened, open_recording
from host.session.recording import manifest_of
from host.session.terms import with_role
from tests.host.recording.sessions import Disk, write_session
from tests.host.session.recordings import CUES, GAP, REFERENCE, SMILE, STOP, opened

TERMS = WhatIf(
    thresholds=Thresholds(enter=0.2, leave=0.15),
    effort=Effort(ceiling=0.4),
    patterns=(with_role(pattern(SMILE), "PLA", Role.TOLERATED),),
    gentle_uv=25.0,
)


@pytest.fixture
def session(tmp_path: Path) -> Opened:
    """Return a session of ours with four attempts, on the disk."""
    made = opened(tmp_path / "none")
    about = manifest_of(
        made.watch, made.recorded.stream, made.affected, source="a test", reference=REFERENCE
    )
    chunks = [
        Chunk(start, made.recorded.samples(start, stop))
        for start, stop in ((0, GAP[0]), (GAP[1], STOP))
    ]
    folder = write_session(
        tmp_path / "session", [*(CueGiven.of(cue) for cue in CUES), *chunks], about
    )
    return open_recording(folder, Asked())


def supposed(made: Opened, terms: WhatIf = TERMS) -> Comparison:
    return compare(judged(made), judged(terms.applied(made)))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_saving_adds_one_file_and_touches_no_other(session: Opened, tmp_path: Path) -> None:
    folder = tmp_path / "session"
    before = contents(folder)
    path = save_revision(session, TERMS, supposed(session))
    after = contents(folder)
    assert after.keys() - before.keys() == {str(path.relative_to(folder))}
    assert {name: after[name] for name in before} == before


def test_a_revision_is_dated_and_holds_terms_results_and_reasons(session: Opened) -> None:
    comparison = supposed(session)
    path = save_revision(session, TERMS, comparison, note="softer line")
    assert path.parent == session.revisions
    written = datetime.strptime(path.stem, "%Y-%m-%d_%H-%M-%S").replace(tzinfo=UTC)
    assert abs((datetime.now(tz=UTC) - written).total_seconds()) < 60
    revision = read_revision(path)
    assert (revision.recording, revision.note) == (session.name, "softer line")
    assert revision.what_if == TERMS
    assert revision.sentence == comparison.sentence
    assert revision.attempts == comparison.after.attempts
    assert revision.episodes == comparison.after.episodes
    assert revision.why == tuple(one.why for one in comparison.attempts)
    assert revision.chain_digest == session.watch.chain.digest(session.recorded.stream)


def test_its_terms_give_the_same_results_again(session: Opened) -> None:
    revision = read_revision(save_revision(session, TERMS, supposed(session)))
    results = judged(revision.what_if.applied(session))
    assert results.episodes
    assert results.attempts == revision.attempts
    assert results.episodes == revision.episodes


def test_another_profile_is_kept_to_the_last_bit(session: Opened) -> None:
    other = replace(REFERENCE, gentle_uv=np.array([1 / 3, 7.0, np.nan, 20.0]))
    terms = WhatIf(reference=other)
    revision = read_revision(save_revision(session, terms, supposed(session, terms)))
    assert revision.reference == StoredReference.of(other)
    found = revision.what_if.reference
    assert found is not None
    np.testing.assert_array_equal(found.gentle_uv, other.gentle_uv)


def test_two_in_one_second_are_told_apart(session: Opened) -> None:
    comparison = supposed(session)
    paths = {save_revision(session, TERMS, comparison) for _ in range(3)}
    assert len(paths) == 3
    assert len(revisions_of(session)) == 3


def test_a_recording_without_revisions_has_none_and_gets_no_folder(session: Opened) -> None:
    assert revisions_of(session) == ()
    assert not session.revisions.exists()


def test_what_is_no_revision_is_passed_over_and_named_where_it_is_asked_for(
    session: Opened,
) -> None:
    good = save_revision(session, TERMS, supposed(session))
    for number, content in enumerate(
        (b"", b"{}", b"\xff\xfe", b"[" * 100_000, good.read_bytes().replace(b'n": 1', b'n": 2'))
    ):
        bad = session.revisions / f"bad{number}.json"
        bad.write_bytes(content)
        with pytest.raises(RecordingError, match=rf"bad{number}.json is damaged, or of a newer"):
            read_revision(bad)
    assert [one.sentence for one in revisions_of(session)] == [supposed(session).sentence]
    with pytest.raises(RecordingError, match="cannot be read"):
        read_revision(session.revisions / "none.json")


def test_a_folder_that_takes_nothing_is_one_sentence_and_leaves_nothing(
    session: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    comparison = supposed(session)
    session.revisions.mkdir()
    disk = Disk(monkeypatch)
    disk.room = 100
    with pytest.raises(RecordingError, match=r"cannot be saved in .*quietface import"):
        save_revision(session, TERMS, comparison)
    assert list(session.revisions.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_one_sentence(session: Opened) -> None:
    session.revisions.write_text("a file")
    with pytest.raises(RecordingError, match="cannot be saved"):
        save_revision(session, TERMS, supposed(session))


def test_it_is_readable_without_this_program(session: Opened) -> None:
    path = save_revision(session, TERMS, supposed(session))
    table = msgspec.json.decode(path.read_bytes())
    assert (table["format"], table["version"]) == ("quietface-revision", 1)
    assert table["thresholds"]["enter"] == 0.2
    assert path.read_text(encoding="utf-8").count("\n") > 20
