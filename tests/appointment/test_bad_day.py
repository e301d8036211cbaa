"""A whole appointment through BrainFlow on a bad day: what fails stops nothing, and is told."""

from dataclasses import replace

from host.feedback.clinic.patient.patient_state import Middle
from host.recording.events import ChannelExcluded, Counters, Gap, LinkChanged
from host.recording.reader import SessionRecording
from host.session.practising.tried import AttemptResult, Tried
from host.session.practising.view import BoutPhase, TroubleKind
from tests.appointment import course
from tests.appointment.course import EYES, PUCKER, RATE_HZ, SMILE, THERAPIST
from tests.appointment.hands import K
from tests.appointment.therapist import Therapist
from tests.appointment.troubled import LOSS, Cable, Electrode, Troubled

EYE, NECK = 4, 7
"""Columns of the right side's eye and neck, in face-8."""


def test_a_loose_electrode_loss_and_a_pulled_cable_stop_nothing_and_are_never_scored(
    therapist: Therapist,
) -> None:
    cable, eye = Cable(), Electrode(EYE)
    therapist.open_simulated(THERAPIST)
    bad_day = Troubled(faults=cable, off=NECK, comes_off=eye)
    therapist.app.renew(replace(therapist.app.appointment, reach=bad_day))
    course.make_the_plan(therapist)
    leave_the_loose_electrode_out(therapist)
    course.calibrate_and_go_on(therapist)
    practise_while_an_electrode_comes_off(therapist, eye)
    practise_while_the_cable_is_pulled(therapist, cable)
    therapist.begin_bout(PUCKER)
    therapist.bout_over("13")
    tried = therapist.tried
    look_back_at_what_was_left_out(therapist, tried)
    course.end_and_look_at_what_was_said(therapist)
    all_of_it_is_on_record(course.what_was_recorded(therapist, tried))


def leave_the_loose_electrode_out(therapist: Therapist) -> None:
    """Nothing goes on with an unknown channel; then it is left out by name."""
    therapist.contact()
    assert therapist.banner.startswith("Neck, right: loose.")
    therapist.key(K.Key_Return)
    assert therapist.app.page is therapist.electrodes
    assert therapist.said.startswith("Neck, right: loose.")
    therapist.leave_out(NECK, "sore skin")
    (out,) = therapist.app.appointment.exclusions
    assert (out.name, out.by, out.reason) == ("Neck, right", THERAPIST, "sore skin")
    therapist.contact()
    assert "Left out: Neck, right." in therapist.banner


def practise_while_an_electrode_comes_off(therapist: Therapist, eye: Electrode) -> None:
    """Wait while it is off; the bout goes on by itself, and what is not known is not scored."""
    therapist.begin_bout(SMILE)
    fills = {bar.name: bar.fill for bar in therapist.moving(Middle.BARS).screen.bars}
    assert fills["Neck"] is None, "what was left out has no level"
    eye.come_off(therapist.view.sample / RATE_HZ)
    therapist.until(lambda: TroubleKind.CHANNEL in troubles(therapist))
    sentences = [one.sentence for one in therapist.shown.head.troubles]
    assert "Eye, right has a loose electrode." in sentences
    eye.hold_again(therapist.view.sample / RATE_HZ + 2.0)
    therapist.until(lambda: not therapist.view.troubles)
    therapist.bout_over()
    (cut, *later) = therapist.view.attempts
    assert not cut.result.scored
    assert cut.left_out > LOSS
    assert later
    assert all(one.result.scored for one in later)
    assert "% not known." in therapist.shown.attempts[-1].detail


def practise_while_the_cable_is_pulled(therapist: Therapist, cable: Cable) -> None:
    """Rest is all that is asked for; the board is reached again, and the bout goes on."""
    therapist.begin_bout(EYES)
    number = therapist.view.number
    therapist.phase(BoutPhase.HOLD)
    cable.out.set()
    therapist.until(lambda: TroubleKind.LINK in troubles(therapist))
    assert therapist.patient_sees.said.prompt == "Rest now"
    assert therapist.patient_sees.middle is Middle.WORDS
    assert therapist.shown.strip.link == "No samples now"
    cable.out.clear()
    therapist.until(lambda: therapist.running.worker.moment.view.link.reconnects == 1)
    therapist.bout_over()
    assert therapist.view.number == number
    assert "reached again 1×" in therapist.shown.strip.link
    (cut, *later) = therapist.view.attempts
    assert not cut.result.scored
    assert all(one.result is not AttemptResult.NOT_SCORED for one in later)


def look_back_at_what_was_left_out(therapist: Therapist, tried: tuple[Tried, ...]) -> None:
    """Each bout says what its score leaves out, and why."""
    therapist.look_back()
    assert course.judged_again(therapist) == tried
    for number in (1, 2):
        therapist.key(K(K.Key_0 + number))
        bout = therapist.looked_at.bout
        assert bout is not None
        left = next(card for card in bout.cards if card.title == "Left out")
        assert left.lines[0].startswith("1 attempt."), left


def troubles(therapist: Therapist) -> set[TroubleKind]:
    """Return what is wrong now."""
    return {one.kind for one in therapist.view.troubles}


def all_of_it_is_on_record(recorded: SessionRecording) -> None:
    """Find what was left out, what was lost, and the time without a cable."""
    events = recorded.events
    (out,) = [one for one in events if isinstance(one, ChannelExcluded)]
    assert (out.channel, out.by, out.reason) == (NECK, THERAPIST, "sore skin")
    counted = [one for one in events if isinstance(one, Counters)][-1]
    assert counted.reconnects == 1
    assert counted.lost > 0.5 * LOSS * recorded.stop
    assert "reconnecting" in [one.link for one in events if isinstance(one, LinkChanged)]
    assert max(one.stop - one.sample for one in events if isinstance(one, Gap)) > RATE_HZ
