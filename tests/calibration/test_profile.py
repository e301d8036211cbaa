"""A person's calibration in a file: whose it is, and never half of one (DESIGN 4)."""

import json
from collections.abc import Callable
from dataclasses import replace
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.channel import ChannelNumbers
from calibration.channel_model import plain_channel
from calibration.findings import Fault, Finding
from calibration.leakage import unknown_leakage
from calibration.measured import Measured
from calibration.montage import montages
from calibration.profile import (
    Electrodes,
    Profile,
    ProfileError,
    Wanted,
    check_belongs,
    from_text,
    read_profile,
    to_text,
    write_profile,
)
from calibration.recheck import carried_over, recheck, spectral_distance_db, warnings

SPECTRUM = tuple((1.0 / (1.0 + (np.arange(33) / 8.0) ** 2)).tolist())
CHANNEL = ChannelNumbers(
    noise_uv=1.5,
    rest_uv=0.8,
    rest_quantiles_uv=(1.0, 1.3, 1.5, 1.8, 2.0, 2.2, 2.6),
    reference_uv=12.0,
    reference_low_uv=10.0,
    reference_high_uv=14.0,
    holds=3,
    rest_spectrum=SPECTRUM,
    active_spectrum=SPECTRUM,
    rest_freedom=(2.0, 4.0, 8.0, 16.0),
    active_freedom=(1.0, 2.0, 4.0, 8.0),
    rest_threshold=0.2,
    selectivity=0.9,
)
PROFILE = Profile(
    person="QF-007",
    montage=montages()["face-4"],
    electrodes=Electrodes(id="2026-11-25 a", date="2026-11-25"),
    chain="sha256:abc",
    rate_hz=500.0,
    band_hz=(20.0, 200.0),
    spectrum_step_hz=7.8125,
    created="2026-11-25T10:15:00+01:00",
    therapist="T1",
    channels=(CHANNEL, CHANNEL, CHANNEL, ChannelNumbers()),
    models=(plain_channel(500.0),) * 4,
    leakage=unknown_leakage(4, 500.0),
    findings=(
        Finding(fault=Fault.WEAK, channel=3, where="Cheek, right", detail="1.1 times", start=5),
    ),
)
WANTED = Wanted(
    person="QF-007",
    montage=montages()["face-4"],
    chain="sha256:abc",
    electrodes="2026-11-25 a",
)
TEXT = to_text(PROFILE)


def test_a_profile_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "profile.json"
    write_profile(PROFILE, path)
    back = read_profile(path, WANTED)
    assert to_text(back) == TEXT
    assert replace(back, leakage=None, models=()) == replace(PROFILE, leakage=None, models=())
    assert [one.name for one in path.parent.iterdir()] == ["profile.json"]


def test_a_profile_says_what_levels_mean_and_nothing_where_it_does_not_know() -> None:
    reference = PROFILE.reference()
    assert reference.calibrated
    np.testing.assert_array_equal(reference.gentle_uv, [12.0, 12.0, 12.0, np.nan])


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (replace(WANTED, person="QF-008"), "is of QF-007, not of QF-008"),
        (replace(WANTED, montage=montages()["face-8"]), "differ from those of 'face-8'"),
        (replace(WANTED, chain="sha256:def"), "other filter settings"),
        (replace(WANTED, electrodes="2026-11-26 a"), "applied on 2026-11-25"),
    ],
)
def test_a_profile_of_another_person_montage_chain_or_day_is_refused(
    wanted: Wanted, said: str
) -> None:
    with pytest.raises(ProfileError, match=said) as refused:
        check_belongs(PROFILE, wanted)
    assert str(refused.value).count(". ") == 0
    check_belongs(PROFILE, replace(WANTED, electrodes=None))


def test_a_newer_version_is_refused_in_its_own_words() -> None:
    newer = TEXT.replace('"version": 2', '"version": 3')
    with pytest.raises(ProfileError, match="newer version of the program"):
        from_text(newer)
    with pytest.raises(ProfileError, match="version must be 2, got 0"):
        from_text(TEXT.replace('"version": 2', '"version": 0'))


def test_a_profile_of_the_first_version_left_nothing_out() -> None:
    table = json.loads(TEXT)
    del table["left_out"]
    assert to_text(from_text(json.dumps(table | {"version": 1}))) == TEXT


def test_a_channel_that_is_left_out_has_no_reference() -> None:
    with pytest.raises(ValueError, match="Eye, left is left out, and has a reference"):
        replace(PROFILE, left_out=(0,))
    with pytest.raises(ValueError, match="there are 4 channels"):
        replace(PROFILE, left_out=(4,))
    gone = replace(PROFILE, left_out=(0,), channels=(ChannelNumbers(), *PROFILE.channels[1:]))
    assert isnan(gone.reference().gentle_uv[0])
    assert to_text(from_text(to_text(gone))) == to_text(gone)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.update(person=""), "person must not be empty"),
        (lambda t: t.pop("chain"), "chain is missing"),
        (lambda t: t.update(more=1), "unknown entry 'more'"),
        (lambda t: t.update(rate_hz="x"), "rate_hz must be a number"),
        (lambda t: t.update(rate_hz=None), "band_hz must lie within"),
        (lambda t: t.update(created="yesterday"), "yesterday"),
        (lambda t: t["channels"].pop(), "4 sites need 4 channels"),
        (lambda t: t["channels"][0].update(noise_uv=-1), r"channels\[0\]: noise_uv"),
        (lambda t: t["channels"][0].update(noise_uv=10**400), "noise_uv must be a number"),
        (lambda t: t["channels"][0].update(reference_low_uv=99), "need 0 < low"),
        (lambda t: t["channels"][0].update(holds=True), "holds must be a whole number"),
        (lambda t: t["findings"][0].update(fault="odd"), "fault cannot be 'odd'"),
        (lambda t: t["leakage"].update(share=[[1], [1, 2]]), "even array"),
        (lambda t: t["leakage"].update(rest_power=[1.0]), "leakage"),
        (lambda t: t["leakage"].update(rest_power=None), "rest_power must be a list"),
        (lambda t: t["montage"]["sites"][0].update(muscle="XYZ"), "unknown muscle 'XYZ'"),
    ],
)
def test_a_wrong_entry_is_named_in_one_sentence(
    change: Callable[[dict[str, Any]], object], said: str
) -> None:
    table = json.loads(TEXT)
    change(table)
    with pytest.raises(ProfileError, match=said) as refused:
        from_text(json.dumps(table), "profile.json")
    assert str(refused.value).startswith("profile.json is damaged: ")
    assert "\n" not in str(refused.value)


@given(at=st.integers(0, len(TEXT) - 1), what=st.text(max_size=3), cut=st.integers(0, 40))
def test_a_damaged_file_gives_a_profile_error_or_a_profile(at: int, what: str, cut: int) -> None:
    try:
        from_text(TEXT[:at] + what + TEXT[at + cut :])
    except ProfileError as error:
        assert "\n" not in str(error)  # noqa: PT017


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)


@given(data=st.data(), value=VALUES)
def test_any_entry_of_another_kind_gives_a_profile_error_or_a_profile(
    data: st.DataObject, value: object
) -> None:
    table = json.loads(TEXT)
    place: Any = table
    while True:
        key = data.draw(
            st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place)))
        )
        if not (isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans())):
            break
        place = place[key]
    place[key] = value
    try:
        from_text(json.dumps(table))
    except ProfileError as error:
        assert "\n" not in str(error)  # noqa: PT017


@given(st.binary(max_size=200))
def test_any_bytes_give_a_profile_error(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "profile.json"
    path.write_bytes(raw)
    with pytest.raises(ProfileError):
        read_profile(path)


def test_files_that_are_not_there_or_too_large_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"no profile .*none\.json: give the file"):
        read_profile(tmp_path / "none.json")
    with pytest.raises(ProfileError, match="cannot be read"):
        read_profile(tmp_path)
    with pytest.raises(ProfileError, match="damaged"):
        from_text("[" * 100_000)
    (tmp_path / "file").write_text("")
    with pytest.raises(ProfileError, match="cannot be written"):
        write_profile(PROFILE, tmp_path / "file" / "profile.json")


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "profile.json"
    write_profile(PROFILE, path)

    def fails(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("calibration.profile.os.fsync", fails)
    with pytest.raises(ProfileError, match="No space left"):
        write_profile(replace(PROFILE, person="QF-008"), path)
    assert read_profile(path).person == "QF-007"
    assert [one.name for one in tmp_path.iterdir()] == ["profile.json"]


def test_today_like_the_profile_gives_no_warning() -> None:
    assert warnings(PROFILE, PROFILE.channels) == ()


def test_warnings_say_what_differs_and_by_how_much() -> None:
    steep = tuple((np.array(SPECTRUM) ** 4).tolist())
    today = replace(CHANNEL, noise_uv=4.5, active_spectrum=steep)
    said = warnings(PROFILE, (today, *PROFILE.channels[1:]))
    assert said[0] == "Eye, left: the noise is 4.5 µV today, 3.0 times the profile's."
    assert said[1].startswith("Eye, left: the level at rest is 4.6 µV today, 2.7 times")
    assert "spectrum of a gentle hold differs by" in said[2]
    assert warnings(PROFILE, (ChannelNumbers(), *PROFILE.channels[1:]))[0] == (
        "Eye, left: the noise is not known today."
    )
    with pytest.raises(ValueError, match="need 4 channels"):
        warnings(PROFILE, ())


def test_a_gain_alone_does_not_change_the_shape_of_a_spectrum() -> None:
    louder = tuple(4.0 * density for density in SPECTRUM)
    assert spectral_distance_db(SPECTRUM, louder, 7.8, (20.0, 200.0)) == pytest.approx(0.0)
    assert np.isnan(spectral_distance_db((), louder, 7.8, (20.0, 200.0)))


def rescaled(times: float) -> ChannelNumbers:
    return replace(
        CHANNEL,
        reference_uv=12.0 * times,
        reference_low_uv=10.0 * times,
        reference_high_uv=14.0 * times,
        holds=1,
    )


def test_t3_a_recheck_compares_placements_by_log_ratios() -> None:
    today = (rescaled(1.2), rescaled(0.8), rescaled(1.0), ChannelNumbers())
    found = recheck(PROFILE, today)
    assert found.ok
    assert found.gains[0].value == pytest.approx(np.log(1.2))
    assert found.gains[0].low < 0.0 < found.gains[0].high
    assert isinstance(found.gains[3], Measured)
    assert not found.gains[3].known
    fresh = carried_over(PROFILE, found, today, Electrodes(id="b", date="2026-11-26"))
    assert fresh.electrodes.id == "b"
    assert fresh.channels[0].reference_uv == pytest.approx(14.4)
    assert fresh.channels[0].rest_threshold == 0.2
    assert fresh.channels[0].active_spectrum == SPECTRUM


def test_t4_no_threshold_is_carried_over_below_what_today_s_noise_allows() -> None:
    noisy = replace(
        rescaled(1.0), noise_uv=6.0, rest_quantiles_uv=(4.8, 5.5, 6.0, 6.5, 7.1, 7.4, 8.0)
    )
    today = (noisy, *PROFILE.channels[1:])
    found = recheck(PROFILE, today)
    assert "the noise is 6.0 µV today" in found.sentences[0]
    fresh = carried_over(PROFILE, found, today, Electrodes(id="b", date="2026-11-26"))
    # hypot(6.0, 0.8) * 8 / 6 is 8.07 uV, of which 5.40 - 0.8 are neither noise nor tone.
    assert fresh.channels[0].rest_threshold == pytest.approx(4.60 / 12.0, abs=1e-3)


def test_electrodes_that_lie_too_differently_ask_for_a_new_calibration() -> None:
    today = (rescaled(3.0), ChannelNumbers(noise_uv=1.5, rest_uv=0.8), CHANNEL, ChannelNumbers())
    found = recheck(PROFILE, today)
    assert found.comparable == (False, False, True, True)
    assert "3.0 times that of the profile; calibrate it anew" in found.sentences[0]
    assert "no gentle hold that counts" in found.sentences[1]
    with pytest.raises(ProfileError, match="calibrate anew"):
        carried_over(PROFILE, found, today, Electrodes(id="b", date="2026-11-26"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rest_uv": -1.0}, "must not be negative"),
        ({"reference_uv": None}, "needs its value"),
        ({"holds": 0}, "of holds"),
        ({"quiet_threshold": 0.0}, "must be positive"),
        ({"selectivity": 3.0}, "at most 1"),
        ({"rest_quantiles_uv": (1.0,)}, "7 rest quantiles"),
        ({"rest_quantiles_uv": (2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)}, "must not fall"),
        ({"rest_freedom": (1.0, 1.0, 1.0, 0.0)}, "positive degrees"),
        ({"rest_spectrum": (-1.0,)}, "must not be negative"),
    ],
)
def test_numbers_that_no_channel_can_have_are_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(CHANNEL, **changed)


def test_electrodes_need_an_id_and_a_day() -> None:
    with pytest.raises(ValueError, match="need an id"):
        Electrodes(id="", date="2026-11-25")
    with pytest.raises(ValueError, match="isoformat"):
        Electrodes(id="a", date="25.11.2026")
