"""The end of a calibration: a profile, or one sentence why there is none."""

from dataclasses import dataclass, replace

from calibration.channel import ChannelNumbers
from calibration.findings import Fault
from calibration.montage import Montage
from calibration.profile import Profile, ProfileError, Wanted, check_belongs
from calibration.recheck import Recheck, carried_over, recheck
from calibration.saying import words_of
from host.errors import RecordingError, SettingsError
from host.session.calibrating.finding_words import finding_advice, finding_sentence
from host.session.calibrating.fitting import (
    Fitted,
    Heard,
    Identity,
    fit_calibration,
    fit_short,
    profile_of,
)
from host.session.calibrating.material import Material
from host.translation import told_error, tr


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a short check says of a profile."""

    today: tuple[ChannelNumbers, ...]
    check: Recheck
    profile: Profile | None
    """The profile for today's electrodes; None where it cannot be carried over."""
    refusal: str = ""
    """Why not."""


def fitted_profile(heard: Heard, identity: Identity) -> tuple[Fitted, Profile]:
    """Fit a calibration; RecordingError where no muscle has a reference."""
    if not heard.segments:
        raise RecordingError(tr("nothing was recorded that a calibration could be fitted from."))
    fitted = fit_calibration(heard)
    if not fitted.usable:
        raise RecordingError(_why_nothing(fitted))
    return fitted, profile_of(fitted, heard, identity)


def checked_profile(heard: Heard, profile: Profile, identity: Identity) -> Checked:
    """Compare a short check with the profile, and carry it over where that can be."""
    refuse_foreign(profile, identity, heard.material, heard.montage)
    if not heard.segments:
        raise RecordingError(tr("nothing was recorded that the profile could be compared with."))
    today = fit_short(heard, profile)
    check = recheck(profile, today, left_out=heard.left_out)
    try:
        carried = carried_over(profile, check, today, identity.electrodes, left_out=heard.left_out)
    except ProfileError as error:
        return Checked(today=today, check=check, profile=None, refusal=told_error(error))
    return Checked(today=today, check=check, profile=_dated(carried, identity))


def refuse_foreign(
    profile: Profile, identity: Identity, material: Material, montage: Montage
) -> None:
    """Refuse to carry over another person's profile, or one of another montage or chain."""
    wanted = Wanted(person=identity.person, montage=montage, chain=material.digest)
    try:
        check_belongs(profile, wanted)
    except ProfileError as error:
        raise SettingsError(words_of(error)) from error


def _dated(profile: Profile, identity: Identity) -> Profile:
    return replace(profile, created=identity.created, therapist=identity.therapist)


def _why_nothing(fitted: Fitted) -> str:
    """Say what stood in the way of every reference, the gravest first."""
    for one in fitted.findings:
        if one.fault is Fault.SWAPPED:
            said = tr("no profile was made.")
            return f"{said} {finding_sentence(one)} {finding_advice(one)}"
    if fitted.findings:
        said = tr("no muscle has a gentle reference.")
        return f"{said} {finding_sentence(fitted.findings[0])}"
    return tr("no muscle has a gentle reference, for none was asked for.")
