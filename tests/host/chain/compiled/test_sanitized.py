"""The loops keep within their memory and within what C defines, whatever comes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from host.chain.compiled.build import HERE

DRIVER = Path(__file__).with_name("driver.c")
FLAGS = (
    *("-std=c11", "-g", "-O1", "-Wall", "-Wextra", "-ffp-contract=off"),
    "-fsanitize=address,undefined,float-cast-overflow",
    "-fno-sanitize-recover=all",
)
SCARCE = ("-Dmalloc=scarce_malloc", "-Dcalloc=scarce_calloc")
"""The driver decides how much memory there is."""


def compiled(sources: list[Path], program: Path, *flags: str) -> str:
    """Compile and link; return what the compiler says, "" where nothing."""
    compiler = shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("no sanitizer without a C compiler (gcc or clang)")
    command = [compiler, *FLAGS, *flags, *map(str, sources), "-lm", "-o", str(program)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 ours
    return made.stdout + made.stderr or "failed" * bool(made.returncode)


def ran(program: Path) -> "subprocess.CompletedProcess[str]":
    options = {"UBSAN_OPTIONS": "print_stacktrace=1", "ASAN_OPTIONS": "allocator_may_return_null=1"}
    return subprocess.run(  # noqa: S603  what was just compiled
        [program], capture_output=True, text=True, check=False, env={**os.environ, **options}
    )


@pytest.fixture
def sanitizer(tmp_path: Path) -> None:
    """Skip where the compiler has no sanitizers, or they cannot run here."""
    nothing, program = tmp_path / "nothing.c", tmp_path / "nothing"
    nothing.write_text("int main(void) { return 0; }\n", encoding="utf-8")
    if said := compiled([nothing], program):
        pytest.skip(f"no sanitizers here: {said.splitlines()[0]}")
    if said := ran(program).stderr:
        pytest.skip(f"sanitizers do not run here: {said.splitlines()[0]}")


@pytest.mark.usefixtures("sanitizer")
def test_nothing_is_undefined_out_of_bounds_or_left_behind(tmp_path: Path) -> None:
    program = tmp_path / "driver"
    sources = [*sorted(HERE.glob("*.c")), DRIVER]
    assert not compiled(sources, program, *SCARCE, f"-I{HERE}", '-DQF_SOURCES="here"')
    done = ran(program)
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.usefixtures("sanitizer")
@pytest.mark.parametrize(
    "mistake",
    [
        "char *one = malloc(3); one[argc + 2] = 1; free(one); return 0;",
        "return (int)((double)argc * 1e300);",
        "return argc + 2147483647;",
    ],
)
def test_the_sanitizer_would_have_seen_it(tmp_path: Path, mistake: str) -> None:
    source, program = tmp_path / "mistaken.c", tmp_path / "mistaken"
    text = f"#include <stdlib.h>\nint main(int argc, char **all) {{ (void)all; {mistake} }}\n"
    source.write_text(text, encoding="utf-8")
    assert not compiled([source], program)
    assert ran(program).stderr
