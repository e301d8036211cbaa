"""A measured figure beside its goal, and the report that a benchmark prints."""

import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

PACKAGES = ("quietface", "numpy", "scipy", "brainflow", "PyQt6")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number that was measured."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    """The value should be below it; None where there is no goal."""
    signed: bool = False
    """Whether it may be off to either side: the goal is for its size, and its sign is shown."""

    @property
    def met(self) -> bool:
        """Whether the goal is met, or there is none."""
        return self.goal is None or (abs(self.value) if self.signed else self.value) < self.goal

    def line(self) -> str:
        """Return the figure as a line of the report."""
        below = "within" if self.signed else "<"
        goal = "" if self.goal is None else f"goal {below} {self.goal:.3g} {self.unit}"
        verdict = "" if self.goal is None else ("met" if self.met else "MISSED")
        value = f"{self.value:+10.3f}" if self.signed else f"{self.value:10.3f}"
        return f"{self.name:58}{value} {self.unit:9}{goal:20}{verdict}"


def percent(name: str, marks: Sequence[bool], goal: float | None = None) -> Figure:
    """Return in how much of all cases something holds."""
    return Figure(name=name, value=100.0 * sum(marks) / max(len(marks), 1), unit="%", goal=goal)


def machine() -> dict[str, str]:
    """Return what the figures were measured on."""
    versions = {name: metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version(), "machine": _processor(), **versions}


def report(name: str, figures: Sequence[Figure], seeds: Sequence[int], file: Path | None) -> bool:
    """Print the figures, write them as JSON if asked, and tell whether all goals are met."""
    print(f"{name} on {', '.join(f'{key} {value}' for key, value in machine().items())}")
    print(f"seeds: {', '.join(map(str, seeds)) or 'none'}")
    for figure in figures:
        print(figure.line())
    if file is not None:
        data = {
            "benchmark": name,
            "on": machine(),
            "seeds": list(seeds),
            "figures": [{**asdict(figure), "met": figure.met} for figure in figures],
        }
        file.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return all(figure.met for figure in figures)


def _processor() -> str:
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
