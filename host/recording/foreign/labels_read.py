"""Which muscles other people's names of channels mean, as far as they can be told."""

import re
from collections.abc import Sequence

from calibration.montage import Montage, Site
from calibration.muscles import Side

_LEFT, _RIGHT = {"l", "left", "lt", "li"}, {"r", "right", "rt", "re"}

_MUSCLES = (
    # Phrases first, since a word of theirs may mean another muscle.
    ("DAO", r"depressor anguli( oris)?|dep ?ang|dao|triangularis"),
    ("LLS", r"levator labii( superioris)?( alaeque nasi)?|lev ?lab|lls"),
    ("OOC", r"orbicularis oculi|orb(icularis)? ?oc|ooc|oculi"),
    ("OOR", r"orbicularis oris|orb(icularis)? ?or|oor|oris"),
    ("ZYG", r"zygomatic(us)?( maj(or)?)?|zyg( ?maj(or)?)?"),
    ("FRO", r"frontalis( lateralis)?|front|fro"),
    ("COR", r"corrugator( supercilii)?|corr|cor"),
    ("MEN", r"mentalis|ment|men"),
    ("PLA", r"platysma|plat|pla"),
)
"""Code of each muscle (T1), and what it is called in labels."""

_OTHERS = r"minor|lateral pterygoid|masseter|temporalis"
"""Names that make a label mean a muscle which is not in T1."""


def guess_montage(labels: Sequence[str]) -> Montage | None:
    """Return the montage that the labels speak of; None if of none, or of a muscle twice.

    A label needs a muscle and a side; channels without either stay plain.
    """
    sites = tuple(_site(label) for label in labels)
    named = [site for site in sites if site.muscle]
    if not named or len(set(named)) != len(named):
        return None
    return Montage(name="named in the recording", sites=sites)


def _site(label: str) -> Site:
    words = _words(label)
    sides = {Side.LEFT} if _LEFT & set(words) else set()
    sides |= {Side.RIGHT} if _RIGHT & set(words) else set()
    name = " ".join(word for word in words if word not in _LEFT | _RIGHT)
    if len(sides) != 1 or re.search(rf"\b({_OTHERS})\b", name):
        return Site()
    code = next((code for code, names in _MUSCLES if re.search(rf"\b({names})\b", name)), "")
    return Site(muscle=code, side=sides.pop()) if code else Site()


def _words(label: str) -> list[str]:
    """Split `EMG ZygMaj L`, `ZYG_L`, `zygL` and `L-zyg` into words in lower case."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", label)
    return [word for part in parts for word in _without_side(part.lower())]


def _without_side(word: str) -> list[str]:
    """Split `zygl` into `zyg` and `l`, where only then it is a muscle's short name."""
    if word == "corr":
        return [word]
    short = re.fullmatch(r"(lt|rt|l|r)?(fro|cor|ooc|lls|zyg|oor|dao|men|pla)(lt|rt|l|r)?", word)
    return [part for part in short.groups() if part] if short else [word]
