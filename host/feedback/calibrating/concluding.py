"""The end of a calibration: fit what was heard, save the profile, and say what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from host.errors import HostError
from host.feedback.calibrating.moment import Concluded
from host.feedback.sentences import sentence
from host.translation import told, told_error, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from calibration.profile import Profile
    from host.session.calibrating.building import CalibrationStage
    from host.session.calibrating.fitting import Identity

    Save = Callable[[Profile], Path]
    Conclude = Callable[[CalibrationStage], Concluded]


def conclusion(identity: Identity, save: Save, before: Profile | None = None) -> Conclude:
    """Return how to end a calibration; `before` is the profile that a short check is about.

    A profile is saved as soon as there is one. When a step is repeated after that, another is
    saved beside it, and the newest counts: nothing is lost when somebody just closes the window.
    """

    def conclude(stage: CalibrationStage) -> Concluded:
        try:
            return _whole(stage, identity, save) if before is None else _short(stage, before)
        except HostError as error:
            return Concluded(sentence=sentence(told_error(error)))

    def _short(stage: CalibrationStage, before: Profile) -> Concluded:
        from host.session.calibrating.finishing import checked_profile

        done = checked_profile(stage.session.course.heard, before, identity)
        remarks = done.check.sentences
        if done.profile is None:
            return Concluded(sentence=sentence(told(done.refusal)), remarks=remarks)
        return _saved(done.profile, save, remarks)

    return conclude


def _whole(stage: CalibrationStage, identity: Identity, save: Save) -> Concluded:
    from host.session.calibrating.finishing import fitted_profile

    _, profile = fitted_profile(stage.session.course.heard, identity)
    return _saved(profile, save, ())


def _saved(profile: Profile, save: Save, remarks: tuple[str, ...]) -> Concluded:
    """Save a profile; one that cannot be written is shown all the same."""
    from calibration.profile import ProfileError

    try:
        path = save(profile)
    except (HostError, ProfileError) as error:
        said = sentence(tr("the profile is not saved: {}").format(told_error(error)))
        return Concluded(profile=profile, sentence=said, remarks=remarks)
    return Concluded(profile=profile, path=path, remarks=remarks)
