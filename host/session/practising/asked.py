"""What a bout is to be: which pattern, for how long, at which pace, with which feedback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from host.clinic.plan import BOUT_S, HOLD_S, PAUSE_S, REST_S, RISE_S, FeedbackMode
from host.recording.bout_events import BoutBegun

if TYPE_CHECKING:
    from host.clinic.plan import Plan, PlannedPattern

_SHORT_S = (0.5, 60.0)
"""Least and most of the lengths that no plan sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutTerms:
    """Settings of one bout; lengths in seconds (P7, P10, P12, T4)."""

    pattern: str
    mode: FeedbackMode = FeedbackMode.BARS
    faded_share: float = 0.5
    """In the faded mode: the share of attempts with feedback."""
    bout_s: float = 120.0
    rise_s: float = 2.0
    hold_s: float = 5.0
    rest_s: float = 10.0
    """At least so long from the end of one attempt to the next cue."""
    pause_s: float = 60.0
    """Rest that is offered after the bout."""
    release_s: float = 2.0
    """So long the cue to let go stands; rest follows."""
    settle_s: float = 3.0
    """At least so much rest before the first attempt, and after a pause."""
    patience_s: float = 20.0
    """After such a wait for release the therapist may go on all the same."""
    lost_s: float = 1.0
    """A muscle that is unknown for so long ends the attempt: it is left out."""
    question_s: float = 30.0
    """So long "what moved?" stands; then it is skipped."""
    reveal_s: float = 6.0
    """So long the measurement is shown beside what was felt."""

    def __post_init__(self) -> None:
        """Refuse lengths beyond those of T4, and a share that is none."""
        limits = {
            "bout_s": BOUT_S,
            "rise_s": RISE_S,
            "hold_s": HOLD_S,
            "rest_s": REST_S,
            "pause_s": PAUSE_S,
        }
        rest = ("release_s", "settle_s", "patience_s", "lost_s", "question_s", "reveal_s")
        for name, (least, most) in (limits | dict.fromkeys(rest, _SHORT_S)).items():
            if not least <= getattr(self, name) <= most:
                raise ValueError(
                    f"{name} must be {least:g} to {most:g}, got {getattr(self, name):g}"
                )
        if not 0.0 <= self.faded_share <= 1.0:
            raise ValueError(f"faded_share must be 0 to 1, got {self.faded_share:g}")

    @classmethod
    def of(cls, plan: Plan, planned: PlannedPattern) -> BoutTerms:
        """Return the terms of a bout of one of a plan's patterns."""
        return cls(
            pattern=planned.name,
            mode=planned.mode,
            faded_share=planned.faded_share,
            bout_s=plan.bout_s,
            rise_s=plan.rise_s,
            hold_s=plan.hold_s,
            rest_s=plan.rest_s,
            pause_s=plan.pause_s,
        )

    @classmethod
    def on_record(cls, begun: BoutBegun) -> BoutTerms:
        """Return the terms of a bout on record; ValueError where nobody could have set them.

        Those that no plan sets are the program's.
        """
        return cls(
            pattern=begun.pattern,
            mode=FeedbackMode(begun.mode),
            faded_share=begun.faded_share,
            bout_s=begun.bout_s,
            rise_s=begun.rise_s,
            hold_s=begun.hold_s,
            release_s=begun.release_s,
            rest_s=begun.rest_s,
            pause_s=begun.pause_s,
        )

    def begun(self, number: int, sample: int) -> BoutBegun:
        """Return the event of a bout on these terms that begins at a sample."""
        return BoutBegun(
            sample=sample,
            number=number,
            pattern=self.pattern,
            mode=self.mode.value,
            faded_share=self.faded_share,
            bout_s=self.bout_s,
            rise_s=self.rise_s,
            hold_s=self.hold_s,
            release_s=self.release_s,
            rest_s=self.rest_s,
            pause_s=self.pause_s,
        )
