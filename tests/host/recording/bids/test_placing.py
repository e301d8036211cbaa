"""Files are put into a data set all together, or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from host.recording.bids.placing import put_in_place


def making(*targets: Path) -> Callable[[Path], dict[Path, Path]]:
    """Return what makes a file for each of these places."""

    def make(staging: Path) -> dict[Path, Path]:
        made = {target: staging / str(number) for number, target in enumerate(targets)}
        for path in made.values():
            path.write_text("whole", encoding="utf-8")
        return made

    return make


def everything(root: Path) -> list[Path]:
    return sorted(root.rglob("*"))


def test_all_files_are_in_their_places_and_nothing_else_is_left(tmp_path: Path) -> None:
    root, done = tmp_path / "data" / "set", list[str]()
    targets = (root / "README", root / "sub-01" / "emg" / "emg.bdf")
    put_in_place(root, making(*targets), lambda: done.append("finished"))
    assert [one for one in everything(root) if one.is_file()] == sorted(targets)
    assert done == ["finished"]


def test_what_is_there_already_stays_and_what_was_put_before_it_goes_again(tmp_path: Path) -> None:
    there = tmp_path / "there.tsv"
    there.write_text("before", encoding="utf-8")
    with pytest.raises(FileExistsError, match="came in between"):
        put_in_place(tmp_path, making(tmp_path / "new" / "first", there), lambda: None)
    assert everything(tmp_path) == [there]
    assert there.read_text(encoding="utf-8") == "before"


def test_where_the_last_step_fails_no_trace_is_left_not_even_the_root(tmp_path: Path) -> None:
    def fail() -> None:
        raise OSError("the disk is full")

    root = tmp_path / "set"
    with pytest.raises(OSError, match="full"):
        put_in_place(root, making(root / "sub-01" / "emg.bdf"), fail)
    assert everything(tmp_path) == []
