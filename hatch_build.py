"""Builds a wheel with the signal chain's compiled loops in it, for the system that it runs on."""

import importlib.util
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILD = Path("host", "chain", "compiled", "build.py")


class CompiledChain(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles before the files of a wheel, or of an editable installation, are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile, and say that the wheel is for this system, but for any Python."""
        spec = importlib.util.spec_from_file_location("build", Path(self.root) / BUILD)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(f"{BUILD} is missing: the sources are not complete")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        library = module.build()
        build_data["artifacts"].append(library.relative_to(self.root).as_posix())
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{_platform()}"


def _platform() -> str:
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")
