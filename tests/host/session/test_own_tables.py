"""A therapist's own patterns and montages, without code, in every part of a session."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import patterns
from host.errors import SettingsError
from host.session.asked import Asked
from host.session.judging import Judging
from host.session.opened import open_recording
from host.session.own_tables import known_montages, own_patterns
from host.session.setup import patient_session

KISS = """
[[pattern]]
name = "kiss"
prompt = "Blow a soft kiss"
target = ["OOR"]
quiet = ["OOC", "ZYG"]
"""


def written(root: Path, kind: str, text: str) -> Path:
    """Write a file of the therapist's; return the root."""
    (root / kind).mkdir()
    (root / kind / "mine.toml").write_text(text, encoding="utf-8")
    return root


def test_without_files_there_are_those_that_ship(tmp_path: Path) -> None:
    assert own_patterns(tmp_path) == ()
    assert known_montages(tmp_path) == montages()


def test_only_what_differs_from_t2_is_ones_own(tmp_path: Path) -> None:
    (kiss,) = own_patterns(written(tmp_path, "patterns", KISS))
    assert (kiss.name, kiss.target) == ("kiss", ("OOR",))


def test_a_montage_of_ones_own_has_a_name_like_the_ready_ones(tmp_path: Path) -> None:
    known = known_montages(written(tmp_path, "montages", 'name = "chin"\nsites = ["MEN", "DAO"]'))
    assert len(known["chin"].sites) == 4


@pytest.mark.parametrize("kind", ["patterns", "montages"])
def test_a_wrong_file_is_named_in_one_sentence(tmp_path: Path, kind: str) -> None:
    root = written(tmp_path, kind, "sites = [")
    with pytest.raises(SettingsError, match=r"mine\.toml.*\.$"):
        (own_patterns if kind == "patterns" else known_montages)(root)


def test_a_pattern_of_ones_own_is_asked_for_recorded_and_judged_again(tmp_path: Path) -> None:
    asked = Asked(
        pattern="kiss",
        own_patterns=own_patterns(written(tmp_path, "patterns", KISS)),
        seconds=14.0,
        watched=False,
        through_board=False,
        record_to=tmp_path / "sessions",
    )
    with ExitStack() as stack:
        stage = patient_session(asked)(stack)
        while not stage.session.over:
            stage.session.step(0.0)
    (folder,) = (tmp_path / "sessions").iterdir()
    opened = open_recording(folder, Asked())
    *_, last = Judging(opened)
    assert last.asked.prompt == "Blow a soft kiss"
    assert last.activation[:, opened.watch.montage.column("OOR", Side.RIGHT)].max() > 0.5


def test_an_unknown_pattern_is_refused_with_all_that_are_known(tmp_path: Path) -> None:
    own = own_patterns(written(tmp_path, "patterns", KISS))
    asked = Asked(pattern="whistle", own_patterns=own)
    with pytest.raises(SettingsError, match=r"pucker.*your own: kiss"):
        asked.movement(montages()["face-8"], "rest and release")
    redone = replace(patterns()["pucker"], prompt="Kiss")
    own = (redone,)
    found = Asked(pattern="pucker", own_patterns=own).movement(montages()["face-8"], "frown")
    assert found.prompt == "Kiss"
