"""Standard names of channels, by which other programs know EMG and its muscle."""

from calibration.montage import Montage
from calibration.muscles import Side

_SHORT = {
    "FRO": "Front",
    "COR": "Corr",
    "OOC": "OrbOc",
    "LLS": "LevLab",
    "ZYG": "ZygMaj",
    "OOR": "OrbOr",
    "DAO": "DepAng",
    "MEN": "Ment",
    "PLA": "Plat",
}
"""Anatomical short names, so that a label has at most 16 characters (EDF+ standard texts)."""


def bdf_labels(montage: Montage, channels: tuple[str, ...]) -> tuple[str, ...]:
    """Return `EMG ZygMaj L` for a muscle's channel, `EMG ch3` for a plain one."""
    return tuple(
        f"EMG {_SHORT.get(site.muscle, site.muscle)} {'L' if site.side is Side.LEFT else 'R'}"
        if site.muscle
        else f"EMG {channel}"[:16]
        for site, channel in zip(montage.sites, channels, strict=True)
    )
