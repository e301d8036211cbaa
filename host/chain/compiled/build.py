"""Compiles the inner loops of the chain: `python -m host.chain.compiled.build [TARGET …]`.

The compiler is Zig's, which PyPI has for every system: nobody needs to install one. Only Python's
own library is imported here, for this runs before anything is installed. With targets, such as
`x86_64-windows-gnu`, it only tells whether they can be compiled for other systems too.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENDINGS = {"win32": ".dll", "darwin": ".dylib"}
LIBRARY = HERE / f"chain{ENDINGS.get(sys.platform, '.so')}"
FLAGS = (
    "-std=c11",
    "-O2",
    "-Wall",
    "-Wextra",
    "-Wconversion",
    "-Werror",
    # For any processor of the kind, and with the same result on each: no fused multiplications.
    "-mcpu=baseline",
    "-ffp-contract=off",
    "-fvisibility=hidden",
    "-fno-sanitize=undefined",
)


def digest(folder: Path = HERE) -> str:
    """Name the sources in this folder as they are now."""
    sources = sorted([*folder.glob("*.c"), *folder.glob("*.h")])
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:16]


def build(folder: Path = HERE) -> Path:
    """Compile a folder's sources beside them; raises `subprocess.CalledProcessError`."""
    library = folder / LIBRARY.name
    fresh = library.with_name(f"{library.stem}-{os.getpid()}{library.suffix}")
    position = () if sys.platform == "win32" else ("-fPIC",)
    sources = map(str, sorted(folder.glob("*.c")))
    _compile(folder, "-shared", "-s", *position, "-o", str(fresh), *sources, "-lm")
    # At once, so that a program that is running keeps the one that it has loaded.
    fresh.replace(library)
    return library


def check(target: str) -> None:
    """Compile for another system, such as `x86_64-windows-gnu`, and keep nothing of it."""
    with tempfile.TemporaryDirectory() as empty:
        for source in sorted(HERE.glob("*.c")):
            _compile(HERE, "-target", target, "-c", str(source), "-o", str(Path(empty, "object")))


def _compile(folder: Path, *arguments: str) -> None:
    sources = f'-DQF_SOURCES="{digest(folder)}"'
    command = [sys.executable, "-m", "ziglang", "cc", *FLAGS, sources, *arguments]
    subprocess.run(command, check=True)  # noqa: S603  our own sources


if __name__ == "__main__":
    for name in sys.argv[1:]:
        check(name)
    sys.stdout.write(f"{build()}\n")
