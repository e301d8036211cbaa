"""Levels that follow on each other as one: the fewer pieces are judged, the quicker it goes."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from host.chain.amplitude import Crosstalk, Levels

_PARTS = ("rms_uv", "quality", "lost", "freedom", "hop_power_uv2")


def joined(pieces: Sequence[Levels]) -> Iterator[Levels]:
    """Yield the same levels in as few pieces as there are gaps between."""
    group: list[Levels] = []
    for piece in pieces:
        if group and piece.first != group[-1].first + len(group[-1]):
            yield _one(group)
            group = []
        group.append(piece)
    if group:
        yield _one(group)


def _one(group: Sequence[Levels]) -> Levels:
    """Join pieces that follow on each other; what one of them does not say none says."""
    if len(group) == 1:
        return group[0]
    parts: dict[str, Any] = {}
    for name in _PARTS:
        values = [getattr(piece, name) for piece in group]
        parts[name] = None if any(value is None for value in values) else np.concatenate(values)
    beside = [piece.beside for piece in group if piece.beside is not None]
    whole = _beside(beside) if len(beside) == len(group) else None
    return replace(group[0], **parts, beside=whole)


def _beside(pieces: Sequence[Crosstalk]) -> Crosstalk:
    return Crosstalk(
        *(
            np.concatenate([getattr(piece, one.name) for piece in pieces])
            for one in fields(Crosstalk)
        )
    )
