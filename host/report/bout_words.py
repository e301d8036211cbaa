"""A bout in words that both people in the room can read: calm, short, and never praise (P2, P8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calibration.measured import Measured
from calibration.muscles import muscle
from calibration.patterns import Role
from host.recording.foreign.remarks import listed
from host.report.bout_felt import FeltBout, FeltCount
from host.report.bout_moments import Order, Tone, apart_words, order_of, share_words, tone_of
from host.report.bout_report import BoutMuscle, BoutReport, BoutSides, LeftOut, Stayed
from host.report.measured_words import ranged
from host.report.trends_words import change_words

_LEAST_LEFT_OUT = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutSection:
    """A heading, and lines below it."""

    title: str
    lines: tuple[str, ...]


def bout_sections(report: BoutReport) -> tuple[BoutSection, ...]:
    """Return what there is to say of a bout, in the order in which it is read."""
    sections = {
        "What stayed quiet": _quiet(report),
        "What came along": _along(report),
        "Letting go": _release(report),
        "Left and right": [_side_words(one) for one in report.sides if _tells(one)],
        "Felt and measured": _felt(report.felt),
        "Change": _changes(report),
        "Left out": _left_out(report.left_out),
    }
    return tuple(
        BoutSection(title=title, lines=tuple(lines)) for title, lines in sections.items() if lines
    )


def bout_headline(report: BoutReport) -> str:
    """Name a bout: its number, its pattern, and how much of it counts."""
    count = len(report.attempts)
    said = f"Bout {report.number}: {report.pattern}, {count} attempt{'s' * (count != 1)}"
    return said if report.scored == count else f"{said}, {report.scored} of them scored"


def bout_lines(report: BoutReport) -> list[str]:
    """Return a bout for a terminal."""
    lines = [bout_headline(report)]
    for section in bout_sections(report):
        lines += [f"  {section.title}", *(f"    {line}" for line in section.lines)]
    return lines


def _quiet(report: BoutReport) -> list[str]:
    quiet = report.judged(Stayed.QUIET)
    unknown = report.judged(Stayed.UNKNOWN)
    lines = [f"{_names(quiet)}."] if quiet else []
    if unknown:
        lines.append(f"Not known: {_names(unknown).lower()}.")
    return lines


def _along(report: BoutReport) -> list[str]:
    """Say of each judged muscle in how many attempts it came along, when, and how much."""
    return [_along_words(one) for one in report.judged(Stayed.ALONG)]


def _along_words(one: BoutMuscle) -> str:
    parts = [f"{_plain(one.muscle)}: in {one.along} of {one.known} attempts"]
    if one.acts is not None and one.acts.onset.known:
        parts.append(f"{ranged(one.acts.onset)} after the cue")
    if one.acts is not None and one.acts.after_target.known:
        than = "than the leading muscle"
        parts.append(_later(one.acts.after_target, than, "together with the leading muscle"))
    if one.ratio.known:
        parts.append(f"at {ranged(one.ratio, least=0.0)} of its level")
    return "; ".join(parts) + "."


def _later(difference: Measured, than: str, together: str) -> str:
    """Say a difference of two moments without a sign; nothing is later by less than it matters."""
    order = order_of(difference)
    if order is Order.TOGETHER:
        return together
    return f"{apart_words(difference)} {order.value} {than}"


def _release(report: BoutReport) -> list[str]:
    """Say how long muscles took to let go on each side, and what was left (P12)."""
    shown = [one for one in report.muscles if one.role is Role.TARGET or one.judged or one.along]
    codes = dict.fromkeys(one.muscle for one in shown)
    return [
        line
        for code in codes
        if (line := _release_words([one for one in report.muscles if one.muscle == code], report))
    ]


def _release_words(both: Sequence[BoutMuscle], report: BoutReport) -> str:
    """Return a line about one muscle, affected side first; empty where nothing is known."""
    sides = sorted(both, key=lambda one: one.side is not report.affected)
    parts = [text for one in sides if (text := _let_go(one))]
    return f"{_plain(both[0].muscle)}: {'; '.join(parts)}." if parts else ""


def _let_go(one: BoutMuscle) -> str:
    said = []
    if one.release.known:
        said.append(f"after {ranged(one.release, least=0.0)}")
    if one.remaining.known:
        told = {Tone.LEFT: f"{share_words(one.remaining)} of gentle effort"}
        tone = tone_of(one.remaining)
        said.append(f"{told.get(tone, tone.value)} 10 s later")
    return f"{one.side.value} {', '.join(said)}" if said else ""


def _tells(one: BoutSides) -> bool:
    return any(found.known for found in (one.onset, one.offset, one.level))


def _side_words(one: BoutSides) -> str:
    """Say which side was first and which was more (P17)."""
    parts = list(_moments(one))
    if one.level.known:
        beyond = ", more unlike than in most healthy faces" if one.beyond else ""
        parts.append(f"left less right {ranged(one.level)} of both{beyond}")
    return f"{_plain(one.muscle)}: {'; '.join(parts)}."


def _moments(one: BoutSides) -> Iterator[str]:
    for verb, found in (("began", one.onset), ("let go", one.offset)):
        if found.known:
            yield f"{verb} {_later(found, 'on the left', 'together')}"


def _felt(felt: FeltBout) -> list[str]:
    """Say how well what was felt and what was measured agreed, without praise or blame (P6)."""
    if not felt.answers:
        return []
    agreement = felt.agreement
    if not agreement.known:
        return [f"Cannot be compared: {agreement.reason}."]
    agreed = sum(one.agreed for one in felt.muscles)
    compared = sum(one.compared for one in felt.muscles)
    low, high = 100.0 * agreement.low, 100.0 * agreement.high
    head = f"Both said the same {agreed} of {compared} times ({low:.0f} to {high:.0f} %)."
    return [head, *(line for one in felt.muscles if (line := _felt_words(one)))]


def _felt_words(one: FeltCount) -> str:
    parts = []
    if one.missed:
        parts.append(f"moved without being felt {one.missed} ×")
    if one.imagined:
        parts.append(f"was felt and did not move {one.imagined} ×")
    return f"{_plain(one.muscle)}: {', '.join(parts)}." if parts else ""


def _changes(report: BoutReport) -> list[str]:
    """Say the change since the first bout and the last session (P11)."""
    lines = []
    for one in report.changes:
        name = _plain(one.muscle) if one.muscle else "All that should be quiet"
        for change, than in (
            (one.since_first, "than in the first bout"),
            (one.since_last, "than last time"),
        ):
            if change.known:
                lines.append(f"{name}: {change_words(change, than)}.")
            elif not one.muscle:
                lines.append(f"Nothing to compare with yet: {change.reason}.")
    return lines


def _left_out(left: LeftOut) -> list[str]:
    lines = []
    count = left.not_scored + left.broken_off
    if count:
        lines.append(f"{count} attempt{'s' * (count != 1)}: {' '.join(left.why)}")
    if left.share >= _LEAST_LEFT_OUT:
        lines.append(f"{left.share:.0%} of the quiet muscles' time, without a signal.")
    return lines


def _names(muscles: Sequence[BoutMuscle]) -> str:
    return listed([_plain(one.muscle) for one in muscles]).capitalize()


def _plain(code: str) -> str:
    return muscle(code).plain
