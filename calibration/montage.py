"""Which channel lies on which muscle and side (T1)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from calibration.muscles import Side, muscle
from calibration.patterns import Pattern
from calibration.saying import Saying, words_of
from calibration.tables import (
    only,
    parse_table,
    read_folder,
    read_table,
    string_tuple,
    strings,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One channel's pair of electrodes; without a muscle it is a plain channel."""

    muscle: str = ""
    side: Side | None = None

    def __post_init__(self) -> None:
        """Refuse a muscle without a side, and a side without a muscle."""
        if self.muscle:
            muscle(self.muscle)
        if bool(self.muscle) != (self.side is not None):
            raise ValueError(Saying("a site needs both a muscle and a side, or neither: {}", self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Montage:
    """Sites by channel: `sites[0]` is the board's channel 1."""

    name: str
    sites: tuple[Site, ...]

    def __post_init__(self) -> None:
        """Refuse a montage with no site, or with two channels on one muscle and side."""
        if not self.sites:
            raise ValueError(Saying("the montage {!r} has no sites", self.name))
        used = [site for site in self.sites if site.muscle]
        if len(set(used)) != len(used):
            raise ValueError(Saying("two channels of {!r} share a muscle and side", self.name))

    @property
    def plain(self) -> bool:
        """Whether no channel is assigned to a muscle."""
        return not any(site.muscle for site in self.sites)

    def column(self, code: str, side: Side) -> int | None:
        """Return the column of a muscle's channel, or None where it has none."""
        muscle(code)
        for column, site in enumerate(self.sites):
            if site.side is side and site.muscle == code:
                return column
        return None

    def named(self, channel: int) -> str:
        """Name a channel as a person knows it: "Eye, right"; "Channel 3"."""
        site = self.sites[channel]
        if site.side is None:
            return f"Channel {channel + 1}"
        return f"{muscle(site.muscle).plain}, {site.side.value}"

    def padded(self, channels: int) -> "Montage":
        """Return the montage for a board of so many channels; those left over stay plain."""
        if len(self.sites) > channels:
            raise ValueError(
                Saying(
                    "the montage {!r} needs {} channels, the source has {}",
                    self.name,
                    len(self.sites),
                    channels,
                )
            )
        return Montage(name=self.name, sites=self.sites + (Site(),) * (channels - len(self.sites)))

    def without(self, columns: Collection[int]) -> "Montage":
        """Return the montage with these channels on no muscle: nothing is asked of them."""
        kept = [Site() if column in columns else site for column, site in enumerate(self.sites)]
        return Montage(name=self.name, sites=tuple(kept))

    def offers(self, pattern: Pattern) -> bool:
        """Tell whether every target muscle of the pattern is under an electrode (T2)."""
        present = {site.muscle for site in self.sites}
        return set(pattern.target) <= present


def plain_montage(channels: int) -> Montage:
    """Return a montage that assigns nothing: each channel is only a channel."""
    return Montage(name="channels", sites=(Site(),) * channels)


@cache
def montages() -> Mapping[str, Montage]:
    """Return the ready montages of T1 by name."""
    rows = read_table("montages.toml")["montage"]
    return {row["name"]: _two_sided(row) for row in rows}


def montage_from_toml(text: str, name: str) -> Montage:
    """Read a montage of one's own; ValueError says what is wrong with it.

    One `[[site]]` per channel with `channel`, `muscle` and `side`; or, as in the ready
    montages, one list `sites = [...]` for both sides. Channels left out stay plain.
    """
    table = parse_table(text, name)
    only(table, "name", "about", "sites", "site")
    if "sites" in table and "site" in table:
        raise ValueError(
            Saying("{} needs either a list of sites or one [[site]] each, not both", name)
        )
    if "sites" in table:
        return _two_sided({"name": name, **table})
    rows = table.get("site", [])
    if not isinstance(rows, list) or not rows:
        raise ValueError(Saying("{} has no [[site]]: give channel, muscle and side of each", name))
    sites = dict(_numbered_sites(rows))
    if len(sites) != len(rows):
        raise ValueError(Saying("{} gives one channel twice", name))
    return Montage(
        name=str(table.get("name", name)),
        sites=tuple(sites.get(number, Site()) for number in range(1, max(sites) + 1)),
    )


def montages_with(folder: Path) -> Mapping[str, Montage]:
    """Return the ready montages and those in the TOML files of a folder, by name.

    ValueError says in one sentence which file is wrong, and how. A name that is taken is
    refused: recordings are told apart by it.
    """
    found = dict(montages())
    for name, text in read_folder(folder).items():
        try:
            own = montage_from_toml(text, name)
        except ValueError as error:
            said = words_of(error)
            raise ValueError(said if name in said else Saying("{}: {}", name, said)) from error
        if own.name in found:
            raise ValueError(Saying("{}: the montage {!r} is there already", name, own.name))
        found[own.name] = own
    return found


def _two_sided(row: Mapping[str, Any]) -> Montage:
    codes = string_tuple(row, "sites")
    sites = [Site(muscle=code, side=side) for side in Side for code in codes]
    return Montage(name=str(row["name"]), sites=tuple(sites))


def _numbered_sites(rows: Sequence[object]) -> Iterator[tuple[int, Site]]:
    """Yield channel and site; ValueError says which [[site]], and which entry of it, is wrong."""
    for number, row in enumerate(rows, start=1):
        try:
            yield _numbered_site(row)
        except ValueError as error:
            raise ValueError(Saying("[[site]] {}: {}", number, words_of(error))) from error


def _numbered_site(row: object) -> tuple[int, Site]:
    if not isinstance(row, dict):
        raise ValueError(Saying("it needs channel, muscle and side"))
    only(row, "channel", "muscle", "side")
    channel = row.get("channel")
    if isinstance(channel, bool) or not isinstance(channel, int) or not 1 <= channel <= 256:
        raise ValueError(Saying("channel must be a number from 1 to 256, got {!r}", channel))
    words = strings(row, "muscle", "side")
    if words["side"] not in {side.value for side in Side}:
        raise ValueError(
            Saying("side must be left or right (the patient's), got {!r}", words["side"])
        )
    return channel, Site(muscle=words["muscle"], side=Side(words["side"]))
