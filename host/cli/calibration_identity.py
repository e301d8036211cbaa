"""Whose calibration it is, by whom, and for which electrodes: as options and files say."""

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from host.cli.leaving_out import NOBODY
from host.errors import SettingsError
from host.translation import mark

if TYPE_CHECKING:
    from calibration.profile import Profile
    from host.session.calibrating.fitting import Identity

_SIMULATED = "simulated"


def identity_of(
    options: argparse.Namespace,
    known: "Identity | None",
    *,
    simulated: bool = False,
    before: "Profile | None" = None,
    created: str = "",
) -> "Identity":
    """Return whose calibration it is: as the options say, else as is known already."""
    from calibration.profile import Electrodes
    from host.clinic.codes import checked_code
    from host.recording.manifest import utc_now
    from host.session.calibrating.fitting import Identity

    made = known.created if known else created or utc_now()
    day = f"{datetime.fromisoformat(made).astimezone():%Y-%m-%d}"
    kin = known or before
    person = options.person or (kin.person if kin else "") or (_SIMULATED if simulated else "")
    if not person:
        raise SettingsError("whose calibration is it? Give --person CODE, never a name.")
    placed = known.electrodes if known else None
    if options.electrodes or placed is None:
        made_at = f"{datetime.fromisoformat(made).astimezone():%Y-%m-%d_%H-%M}"
        placed = Electrodes(id=options.electrodes or made_at, date=day)
    therapist = options.therapist or (known.therapist if known else NOBODY)
    return Identity(
        person=checked_code(person, mark("person")),
        therapist=checked_code(therapist, mark("therapist")),
        electrodes=placed,
        created=made,
    )
