"""`session.json`: it comes back as it was written, and nonsense gets one sentence."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from calibration.montage import montages
from calibration.muscles import Side
from calibration.reference import Reference
from host.chain.stream import Stream
from host.errors import RecordingError
from host.recording.manifest import (
    NAME,
    Manifest,
    StoredReference,
    read_manifest,
    utc_now,
    write_manifest,
)
from tests.host.recording.sessions import manifest

Change = Callable[[dict[str, Any]], object]


def test_all_of_it_comes_back(tmp_path: Path) -> None:
    montage = next(iter(montages().values()))
    count = len(montage.sites)
    plain = manifest(channels=count)
    rest = np.linspace(0.1, 1.7, count)
    rest[0] = np.nan
    reference = Reference(rest_uv=rest, noise_uv=rest / 3.0, gentle_uv=rest * 7.0, calibrated=True)
    written = msgspec.structs.replace(
        plain,
        watch=replace(plain.watch, montage=montage),
        affected=Side.RIGHT,
        reference=StoredReference.of(reference),
        remarks=("Größe unklar.",),
        samples=7,
        ended=utc_now(),
    )
    write_manifest(tmp_path, written)
    assert read_manifest(tmp_path) == written
    back = written.reference.reference if written.reference else None
    assert back is not None
    np.testing.assert_array_equal(back.rest_uv, rest)
    np.testing.assert_array_equal(back.gentle_uv, rest * 7.0)


def damaged(tmp_path: Path, change: Change) -> None:
    write_manifest(tmp_path, manifest())
    path = tmp_path / NAME
    content = json.loads(path.read_bytes())
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda it: it.update(version=2), "is of version 2, and this program reads version 1"),
        (lambda it: it.update(format="other"), "describes no session of this program"),
        (lambda it: it.pop("format"), "describes no session of this program"),
        (lambda it: it.pop("stream"), "missing required field `stream`"),
        (lambda it: it.update(samples=-1), "a recording has samples, got -1"),
        (lambda it: it.update(samples="many"), "Expected `int | null`"),
        (lambda it: it.update(created="yesterday"), "Invalid isoformat string"),
        (lambda it: it["stream"].update(rate_hz=1.0), "at least 100 samples per second"),
        (lambda it: it["stream"].update(channels=["a", "a"]), "channel names must differ"),
        (lambda it: it["stream"].update(channels=["a"]), "the montage must have 1 sites"),
        (lambda it: it["watch"]["montage"].update(sites=[]), "has no sites"),
        (
            lambda it: it.update(
                reference={"rest_uv": [1], "noise_uv": [1], "gentle_uv": [1], "calibrated": True}
            ),
            "the reference must be of 2 channels",
        ),
        (
            lambda it: it.update(
                reference={"rest_uv": [], "noise_uv": [1], "gentle_uv": [1], "calibrated": True}
            ),
            "must be of the same channels",
        ),
        (
            lambda it: it.update(
                reference={
                    "rest_uv": [1, 1],
                    "noise_uv": [1, 1],
                    "gentle_uv": [1, 0],
                    "calibrated": True,
                }
            ),
            "need gentle > 0",
        ),
    ],
)
def test_what_is_wrong_gets_one_sentence(tmp_path: Path, change: Change, sentence: str) -> None:
    damaged(tmp_path, change)
    with pytest.raises(RecordingError) as caught:
        read_manifest(tmp_path)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 500, b"{", b"[]", b"null", b"\xff\xfe{}", b"[" * 100_000, b'{"a":1e999}'],
)
def test_what_is_no_json_of_ours_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(RecordingError, match=r"damaged|no session of this program"):
        read_manifest(tmp_path)


def test_a_missing_file_gets_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be read: No such file"):
        read_manifest(tmp_path)


def test_fields_of_a_later_edition_of_this_version_are_let_be(tmp_path: Path) -> None:
    damaged(tmp_path, lambda it: it.update(weather="fine"))
    assert read_manifest(tmp_path) == manifest()


def test_a_session_names_its_person_and_old_ones_are_nobodys(tmp_path: Path) -> None:
    write_manifest(tmp_path, msgspec.structs.replace(manifest(), person="P01"))
    assert read_manifest(tmp_path).person == "P01"
    damaged(tmp_path, lambda content: content.pop("person"))
    assert read_manifest(tmp_path).person == ""


def test_parts_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="3 sites"):
        msgspec.structs.replace(manifest(), stream=Stream(rate_hz=250.0, channels=("a", "b", "c")))


def test_the_schema_names_its_kind_and_version() -> None:
    content = msgspec.json.decode(msgspec.json.encode(manifest()))
    assert (content["format"], content["version"]) == ("quietface-session", 1)
    assert isinstance(manifest(), Manifest)
