"""A folder in which nothing can be kept is named, and so is what to do about it."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from host.clinic.repository import Clinic
from host.errors import ClinicError
from host.recording import durable
from tests.host.clinic.people import patient, plan, profile

ELSEWHERE = r"Make that a folder which you may write to, or name another one in QUIETFACE_DATA\.$"


@pytest.mark.skipif(sys.platform == "win32", reason="a file is said to be missing there")
def test_a_folder_behind_a_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    root = tmp_path / "file" / "data"
    monkeypatch.setenv("QUIETFACE_DATA", str(root))
    for attempt in (Clinic().patients, lambda: Clinic().add(patient(), by="T07")):
        with pytest.raises(ClinicError, match=ELSEWHERE) as refused:
            attempt()
        assert str(root) in str(refused.value)


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_folder_that_may_only_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    clinic = Clinic(tmp_path)
    clinic.add(patient(), by="T07")

    def refuse(*_given: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(durable, "write_atomically", refuse)
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    attempts: dict[str, Callable[[], object]] = {
        "the plan of P01 cannot be saved in": lambda: clinic.save_plan(plan(), by="T07"),
        "The calibration cannot be saved in": lambda: clinic.save_profile(profile()),
    }
    for said, attempt in attempts.items():
        with pytest.raises(ClinicError, match=f"^{said} .*{ELSEWHERE}") as refused:
            attempt()
        assert str(tmp_path) in str(refused.value)
        assert os.strerror(code) in str(refused.value)


def test_a_full_disk_is_no_reason_to_go_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(durable, "write_atomically", refuse)
    with pytest.raises(ClinicError, match="entry of P01 cannot be saved: ") as refused:
        Clinic(tmp_path).add(patient(), by="T07")
    assert "QUIETFACE_DATA" not in str(refused.value)
