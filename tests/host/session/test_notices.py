"""What is said beside the bars and in a summary: calibration, bandwidth, what is played."""

import gettext

from calibration.montage import montages
from calibration.muscles import Side
from host.chain.stream import Stream, channel_names
from host.detection.watch import Watch
from host.session.notices import NOT_CALIBRATED, narrowness, scene, session_remarks, source_words
from host.session.reaching import SIMULATED, THROUGH_BRAINFLOW
from host.translation import speak, told
from tests.host.bracketed import Bracketed, untold

SLOW, QUICK = (Stream(rate_hz=rate_hz, channels=channel_names(4)) for rate_hz in (250.0, 2000.0))
WATCH = Watch(montage=montages()["face-4"])


def notice(stream: Stream, profile: str = "") -> str:
    return scene(WATCH, Side.LEFT, stream, profile, f"{SIMULATED}, read directly").notice


def test_a_scene_says_in_one_line_what_is_missing() -> None:
    assert notice(QUICK, "P01") == "Calibrated: P01 · Simulated patient, read directly"
    assert notice(SLOW).startswith("Not calibrated · At 250 Hz about 125 Hz of bandwidth is left")


def test_a_summary_says_so_in_sentences() -> None:
    assert session_remarks(None, QUICK) == (NOT_CALIBRATED,)
    assert session_remarks(None, SLOW)[1].endswith("so much of it is not seen.")
    assert narrowness(QUICK) == ""


def test_all_of_it_is_told_in_the_readers_language() -> None:
    speak(Bracketed())
    try:
        assert untold(notice(SLOW)) == []
        assert untold(source_words(f"cyton, {THROUGH_BRAINFLOW}")) == ["cyton"]
        assert all(
            "⟦" in told(one) and not untold(told(one)) for one in session_remarks(None, SLOW)
        )
    finally:
        speak(gettext.NullTranslations())
