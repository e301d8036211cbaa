"""Standard names of channels, by which other programs know EMG and its muscle."""

from calibration.montage import Montage, Site
from calibration.muscles import Side

_LONGEST = 16
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
    """Return `EMG ZygMaj L` for a muscle's channel, `EMG ch3` for a plain one; all differ."""
    labels: list[str] = []
    for site, channel in zip(montage.sites, channels, strict=True):
        wanted = _muscle(site) if site.muscle else _ascii(channel)
        labels.append(_free(f"EMG {wanted}", labels))
    return tuple(labels)


def _muscle(site: Site) -> str:
    return f"{_SHORT.get(site.muscle, site.muscle)} {'L' if site.side is Side.LEFT else 'R'}"


def _ascii(name: str) -> str:
    return "".join(sign if sign.isascii() and sign.isprintable() else "_" for sign in name)


def _free(label: str, taken: list[str]) -> str:
    """Cut a label to its length, with a number where another channel has it already."""
    short, number = label[:_LONGEST], 2
    while short in taken:
        end = f"~{number}"
        short, number = label[: _LONGEST - len(end)] + end, number + 1
    return short
