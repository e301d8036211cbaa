"""A contact check as a table for a terminal, and as plain data for programs."""

import math
from typing import Any

from host.acquisition.impedance import Impedance
from host.session.contacting.view import ChannelContact, ContactView, may_start
from host.version import program_version

_HEAD = ("", "Channel", "Verdict", "Rest", "Impedance P", "Impedance N", "What to do")


def contact_lines(view: ContactView) -> list[str]:
    """Return the table, and what it means for practice."""
    rows = [_HEAD, *(_row(one) for one in view.channels)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    if view.impedance:
        lines.append(view.impedance)
    lines += _side_lines(view)
    refusals = may_start(view)
    if not refusals:
        return [*lines, "Practice may start."]
    return [*lines, "Practice may not start:", *(f"  {one.said}" for one in refusals)]


def contact_json(view: ContactView, words: str) -> dict[str, Any]:
    """Return plain data; microvolts RMS, ohms, null for unknown, "open" for no contact."""
    sides = view.sides
    return {
        "format": "quietface-contact",
        "version": 1,
        "program": f"quietface {program_version()}",
        "source": words,
        "steady": view.steady,
        "impedance": view.impedance or None,
        "channels": [_channel(one) for one in view.channels],
        "sides": None
        if sides is None
        else {
            "done": sides.done,
            "swapped": sides.swapped,
            "findings": [one.sentence for one in sides.findings],
            "answered": {
                one.side.value: [channel + 1 for channel in one.channels] for one in sides.answers
            },
        },
        "refusals": [one.said for one in may_start(view)],
    }


def _row(one: ChannelContact) -> tuple[str, ...]:
    left_out = "" if one.excluded is None else f" (left out: {one.excluded.reason})"
    return (
        str(one.channel + 1),
        one.name,
        f"{one.verdict.value}{left_out}",
        "-" if one.rest_uv is None else f"{one.rest_uv:.1f} µV",
        "-" if one.positive is None else one.positive.words,
        "-" if one.negative is None else one.negative.words,
        one.advice,
    )


def _side_lines(view: ContactView) -> list[str]:
    sides = view.sides
    if sides is None or not sides.done:
        return []
    if sides.findings:
        return [f"Sides: {one.sentence} {one.advice}" for one in sides.findings]
    return ["Sides: each side answered where it was asked."]


def _channel(one: ChannelContact) -> dict[str, Any]:
    return {
        "channel": one.channel + 1,
        "name": one.name,
        "muscle": one.muscle or None,
        "side": None if one.side is None else one.side.value,
        "verdict": one.verdict.value,
        "steady": one.steady,
        "advice": one.advice or None,
        "rest_uv": None if one.rest_uv is None else round(one.rest_uv, 3),
        "impedance_p": _impedance(one.positive),
        "impedance_n": _impedance(one.negative),
        "excluded": None if one.excluded is None else one.excluded.reason,
    }


def _impedance(one: Impedance | None) -> dict[str, float] | str | None:
    if one is None:
        return None
    if math.isinf(one.ohm):
        return "open"
    return {"ohm": round(one.ohm), "low": round(one.low_ohm), "high": round(one.high_ohm)}
