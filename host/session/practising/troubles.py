"""What is wrong while somebody practises, said calmly, and what to do about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from host.acquisition.source import Link
from host.chain.quality import Quality
from host.session.practising.view import BoutPhase, PracticeView, Trouble, TroubleKind
from host.session.uncalibrated import what_to_do
from host.translation import mark, told, tr

if TYPE_CHECKING:
    from host.acquisition.source import LinkState
    from host.recording.state import RecordingState
    from host.session.practising.standing import Standing

_GOES_ON = mark("Practice goes on by itself once it is back.")
_SAID = {
    Quality.ARTEFACT: (
        mark("{} moves too much to be measured."),
        mark("Keep its cable still."),
    ),
    Quality.GAP: (mark("{} has gaps."), mark("Bring the board nearer to its dongle.")),
    Quality.LOOSE: (
        mark("{} has a loose electrode."),
        mark("Press the electrode on, or exchange it."),
    ),
    Quality.FLAT: (mark("{} gives no signal."), mark("Check its cable and electrode.")),
    Quality.RAILED: (
        mark("{} has a loose electrode."),
        mark("Press the electrode on, or exchange it."),
    ),
}


def of_channels(standing: Standing) -> tuple[Trouble, ...]:
    """Return what is wrong with channels that count, one each."""
    named, lost = standing.face.montage.named, standing.lengths.lost
    nameless = tuple(
        Trouble(
            kind=TroubleKind.CHANNEL,
            sentence=tr("{} is not calibrated.").format(tr(named(channel))),
            advice=what_to_do(),
        )
        for channel in standing.watch.uncalibrated
    )
    return nameless + tuple(
        Trouble(
            kind=TroubleKind.CHANNEL,
            sentence=tr(_SAID[quality][0]).format(tr(named(channel))),
            advice=f"{tr(_SAID[quality][1])} {tr(_GOES_ON)}",
        )
        for channel, quality in standing.watch.bad(lost).items()
    )


def with_edges(view: PracticeView, link: LinkState, recording: RecordingState) -> PracticeView:
    """Return a view with what is wrong with the link and the recording.

    While nothing comes from the board nothing is asked for: whoever moved may rest.
    """
    of_link = _of_link(link)
    of_recording: tuple[Trouble, ...] = ()
    if recording.message:
        advice = tr("Practice goes on. Make room on the disk, or end and look at it.")
        of_recording = (
            Trouble(kind=TroubleKind.RECORDING, sentence=told(recording.message), advice=advice),
        )
    if of_link or of_recording:
        view = replace(view, troubles=(*of_link, *view.troubles, *of_recording))
    if not of_link:
        return view
    view = replace(view, sound=False, may_go_on=False, left_s=0.0, may_overrule=False)
    if view.phase.between or view.phase in (BoutPhase.PAUSED, BoutPhase.QUIET):
        return view
    return replace(view, phase=BoutPhase.WAIT, pace=0.0, waiting=of_link[0].sentence)


def _of_link(link: LinkState) -> tuple[Trouble, ...]:
    match link.link:
        case Link.STREAMING:
            return ()
        case Link.CONNECTING:
            kind, sentence, advice = TroubleKind.CONNECTING, tr("The board is being reached."), ""
        case Link.ENDED:
            kind, sentence = TroubleKind.ENDED, tr("The session has ended.")
            advice = tr("Everything up to here is kept.")
        case Link.SILENT | Link.RECONNECTING:
            kind, sentence = TroubleKind.LINK, tr("Nothing comes from the board.")
            wired = tr("Is it switched on, and its cable or dongle plugged in?")
            advice = f"{wired} {tr(_GOES_ON)}"
    return (Trouble(kind=kind, sentence=told(link.message) or sentence, advice=advice),)
