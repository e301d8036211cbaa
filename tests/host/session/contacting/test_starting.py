"""When practice may start after a contact check, and what stands in its way."""

from dataclasses import replace

import pytest

from calibration.montage import montages
from host.acquisition.source import Link, LinkState
from host.session.contacting.exclusion import Exclusion
from host.session.contacting.sides import SideView
from host.session.contacting.verdicts import ADVICE, Verdict
from host.session.contacting.view import ChannelContact, ContactPhase, ContactView, may_start

FACE = montages()["face-8"]


def view(**verdicts: Verdict) -> ContactView:
    """Return a good contact, save for channels such as `ch3`."""
    channels = []
    for channel, site in enumerate(FACE.sites):
        verdict = verdicts.get(f"ch{channel + 1}", Verdict.GOOD)
        channels.append(
            ChannelContact(
                channel=channel,
                name=FACE.named(channel),
                muscle=site.muscle,
                side=site.side,
                verdict=verdict,
                advice=ADVICE[verdict],
                steady=True,
            )
        )
    link = LinkState(link=Link.STREAMING)
    return ContactView(phase=ContactPhase.LISTENING, link=link, channels=tuple(channels))


def without(channel: int) -> Exclusion:
    name = FACE.named(channel)
    return Exclusion.of(FACE, name, by="T1", reason="plaster", utc="2026-11-25T09:30:00")


@pytest.mark.parametrize("verdict", [Verdict.GOOD, Verdict.NOISY, Verdict.MAINS])
def test_practice_starts_on_channels_that_can_be_used(verdict: Verdict) -> None:
    assert may_start(view(ch3=verdict)) == []


@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN, Verdict.LOOSE, Verdict.RAILED])
def test_practice_cannot_start_on_an_unknown_channel_unless_it_is_left_out_by_name(
    verdict: Verdict,
) -> None:
    (refusal,) = may_start(view(ch3=verdict))
    assert refusal.channel == 2
    assert refusal.excludable
    assert refusal.said == f"{FACE.named(2)}: {verdict.value}. {ADVICE[verdict]}"
    assert may_start(view(ch3=verdict), [without(2)]) == []
    assert may_start(view(ch3=verdict), [without(4)]) == [refusal]


def test_swapped_sides_cannot_be_left_out() -> None:
    swapped = view(**{f"ch{number}": Verdict.SWAPPED for number in range(1, 9)})
    swapped = replace(swapped, sides=SideView(done=True, swapped=True))
    (refusal,) = may_start(swapped)
    assert not refusal.excludable
    assert may_start(swapped, [without(2)]) == [refusal]


def test_a_silent_board_and_a_check_that_goes_on_are_waited_for() -> None:
    lost = replace(view(), link=LinkState(link=Link.SILENT, message="No signal."))
    assert [one.said for one in may_start(lost)] == ["No signal."]
    measuring = replace(view(), phase=ContactPhase.IMPEDANCE)
    assert "impedance" in may_start(measuring)[0].said


def test_with_every_muscle_left_out_there_is_nothing_to_practise_with() -> None:
    (refusal,) = may_start(view(), [without(channel) for channel in range(8)])
    assert "nothing to practise" in refusal.said


def test_unused_channels_of_a_board_stand_in_nobodys_way() -> None:
    spare = ChannelContact(channel=8, name="Channel 9", verdict=Verdict.RAILED)
    wide = replace(view(), channels=(*view().channels, spare))
    assert may_start(wide) == []
    assert wide.steady
