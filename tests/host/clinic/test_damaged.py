"""What can be done about a damaged version: it is said, and kept aside by name."""

from pathlib import Path

import pytest

from host.clinic.repository import Clinic
from host.errors import ClinicError, ConflictError, DamagedError
from tests.host.clinic.people import patient


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    made = Clinic(tmp_path)
    made.add(patient(), by="T07")
    return made


def entry(root: Path, number: int = 1) -> Path:
    return root / "patients" / "P01" / "entry" / f"{number:04d}.json"


def test_who_has_no_version_before_it_is_not_sent_to_one(clinic: Clinic, tmp_path: Path) -> None:
    entry(tmp_path).write_bytes(b"")
    with pytest.raises(DamagedError, match=r"Move it away to begin the entry of P01 anew\.$"):
        clinic.patient("P01")
    entry(tmp_path).rename(tmp_path / "away.json")
    assert clinic.add(patient(), by="T07").edition.number == 1


def test_a_version_before_it_is_named_where_there_is_one(clinic: Clinic, tmp_path: Path) -> None:
    clinic.save(clinic.patient("P01"), by="T07")
    entry(tmp_path, 2).write_bytes(b"")
    with pytest.raises(DamagedError, match="go on with the version before it"):
        clinic.patient("P01")
    assert clinic.set_aside("P01") == entry(tmp_path).with_name("0002.damaged.json")
    assert clinic.patient("P01").edition.number == 1


def test_who_adds_a_damaged_patient_reads_that_it_is_damaged(
    clinic: Clinic, tmp_path: Path
) -> None:
    entry(tmp_path).write_bytes(b"")
    with pytest.raises(DamagedError):
        clinic.add(patient(), by="T07")
    assert entry(tmp_path).read_bytes() == b""


def test_nothing_but_damage_is_set_aside(clinic: Clinic, tmp_path: Path) -> None:
    assert clinic.set_aside("P01") is None
    assert clinic.set_aside("P02") is None
    newer = entry(tmp_path).read_text(encoding="utf-8").replace('"version": 1', '"version": 9')
    entry(tmp_path).write_text(newer, encoding="utf-8")
    with pytest.raises(ClinicError, match="open it with a newer one"):
        clinic.set_aside("P01")
    assert entry(tmp_path).exists()
    with pytest.raises(ClinicError, match="open it with a newer one") as refused:
        clinic.add(patient(), by="T07")
    assert not isinstance(refused.value, ConflictError)


def test_what_was_set_aside_is_never_overwritten(clinic: Clinic, tmp_path: Path) -> None:
    for content in (b"", b"{", b"["):
        entry(tmp_path).write_bytes(content)
        kept = clinic.set_aside("P01")
        assert kept is not None
        assert kept.read_bytes() == content
        clinic.add(patient(), by="T07")
    assert len(list(entry(tmp_path).parent.glob("*damaged*"))) == 3


def test_where_nothing_is_damaged_nothing_is_written(clinic: Clinic, tmp_path: Path) -> None:
    for lock in tmp_path.rglob(".lock"):
        lock.unlink()
    assert clinic.set_aside("P01") is None
    assert not list(tmp_path.rglob(".lock"))
