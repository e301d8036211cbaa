"""Commands for recordings: `replay`, `review`, `import`, `export`, `repair`, `sessions`."""

import argparse
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from host.cli.asking import asked_for, repair_first
from host.cli.showing import headless, show
from host.errors import RecordingError, SettingsError

if TYPE_CHECKING:
    from host.session.judging import WhatIf
    from host.session.opened import Opened
    from host.session.worker import Stage

_LAST = "last"


def replay(options: argparse.Namespace) -> int:
    """Play a recording through the bars, or judge it as fast as it goes."""
    path = _found(options.recording)
    other = _is_own(path) and options.profile
    opened = _open(options, profile=not other)
    terms = _what_if(options, opened, profile=bool(other))
    if terms.empty and options.save:
        raise SettingsError("--save keeps other results: say what to change, such as --line 0.4.")
    without_window = headless(options)
    asked = replace(
        asked_for(options, name="replay", own=False),
        watched=not without_window,
        through_board=False,
        speed=options.speed,
    )

    def build(stack: ExitStack) -> "Stage":
        from host.session.setup import recording_session

        return recording_session(terms.applied(opened), asked)(stack)

    measuring = None
    if without_window:
        from host.report.results import measuring_of

        measuring = measuring_of(terms.applied(opened))
    status = show(build, options, without_window=without_window, measuring=measuring)
    if not terms.empty:
        _tell_what_if(opened, terms, save=options.save)
    return status


def review(options: argparse.Namespace) -> int:
    """Look at a whole recording."""
    opened = _open(options)
    if options.picture is not None or headless(options):
        from host.feedback.screenless import write_review

        path = options.picture or Path("quietface-review.png")
        write_review(opened, path, options.theme)
        print(f"Picture of the review: {path}")
        return 0
    from host.feedback.review.app import run_review

    run_review(opened, scheme=options.theme)
    return 0


def import_(options: argparse.Namespace) -> int:
    """Take a recording of another program over as a session."""
    from host.recording.reader import is_session
    from host.session.importing import import_recording

    if is_session(_found(options.recording)):
        raise SettingsError(f"{options.recording} is a session already; look at it with review.")
    opened = _open(options)

    stem = Path(opened.name).stem
    folder = import_recording(opened, options.to, name=stem)
    channels = len(opened.recorded.stream.channels)
    print(f"{opened.words}: {opened.duration_s:.1f} s, {channels} channels")
    for remark in opened.remarks:
        print(f"  {remark}")
    print(f"Imported into {folder}")
    print(f'Look at it: quietface review "{folder}"')
    return 0


def export(options: argparse.Namespace) -> int:
    """Write a recording as BIDS, its results as tables."""
    if not (options.bids or options.csv or options.parquet):
        raise SettingsError("say what to write: --bids DIR, --csv DIR or --parquet DIR.")
    opened = _open(options)
    from host.report.export import export_bids, export_tables

    if options.bids:
        made = export_bids(
            opened,
            options.bids,
            subject=options.subject,
            session=options.session,
            task=options.task,
        )
        print(f"BIDS: {made}")
    wanted: dict[Path, list[str]] = {}
    for kind, folder in (("csv", options.csv), ("parquet", options.parquet)):
        if folder:
            wanted.setdefault(folder, []).append(kind)
    for folder, kinds in wanted.items():
        print(f"Tables: {export_tables(opened, folder, *kinds)}")
    return 0


def repair(options: argparse.Namespace) -> int:
    """Close recordings that a crash left open."""
    from host.recording.store import session_folders, sessions_folder

    root = options.folder or sessions_folder()
    if options.folder is not None and not root.is_dir():
        raise RecordingError(f"there is no folder {root}.")
    said = repair_first(root)
    count = len(session_folders(root))
    print(f"{count} session{'s' * (count != 1)} in {root}")
    print("\n".join(said) if said else "None was left open.")
    return 0


def sessions(options: argparse.Namespace) -> int:
    """List the recorded sessions, newest last."""
    from host.recording.repair import in_words
    from host.recording.store import session_folders, sessions_folder

    root = options.folder or sessions_folder()
    folders = session_folders(root)
    print(f"{len(folders)} session{'s' * (len(folders) != 1)} in {root}")
    for folder in folders:
        try:
            opened = _opened(folder)
        except RecordingError as error:
            print(f"  {error}")
            continue
        print(f"  {folder.name:44} {in_words(opened.duration_s):>16}  {opened.words}")
    return 0


def _opened(folder: Path) -> "Opened":
    from host.session.asked import Asked
    from host.session.opened import open_session

    return open_session(folder, Asked())


def _open(options: argparse.Namespace, *, profile: bool = True) -> "Opened":
    """Open the recording that was named: a path, a session by its name, or `last`."""
    from host.session.opened import open_recording

    mapping = None
    if getattr(options, "mapping", None) is not None:
        from host.recording.foreign.mapping import read_mapping

        mapping = read_mapping(options.mapping)
    path = _found(options.recording)
    asked = asked_for(options, name="replay", own=not _is_own(path))
    return open_recording(
        path,
        asked if profile else replace(asked, profile=None),
        rate_hz=options.rate,
        mapping=mapping,
    )


def _is_own(path: Path) -> bool:
    """Tell whether this is a session of ours, which knows how it was judged."""
    from host.recording.reader import is_session

    return is_session(path) or is_session(path.parent)


def _found(name: Path) -> Path:
    from host.recording.store import session_folders, sessions_folder

    if name.exists():
        return name
    ours = sessions_folder()
    if str(name) == _LAST:
        folders = session_folders(ours)
        if not folders:
            raise RecordingError(f"there is no session in {ours} yet.")
        return folders[-1]
    return ours / name if (ours / name).exists() and len(name.parts) == 1 else name


def _what_if(options: argparse.Namespace, opened: "Opened", *, profile: bool) -> "WhatIf":
    """Return the other terms that the options ask for."""
    from host.session.judging import WhatIf, with_profile
    from host.session.terms import ceiling_at, line_at, roles_changed

    other = (
        with_profile(asked_for(options, name="replay", own=False), opened) if profile else WhatIf()
    )
    try:
        return replace(
            other,
            thresholds=line_at(opened.watch.thresholds, options.line),
            effort=ceiling_at(opened.watch.effort, options.ceiling) or other.effort,
            patterns=roles_changed(opened, quiet=options.quiet, tolerated=options.tolerate),
            gentle_uv=options.gentle,
        )
    except ValueError as error:
        raise SettingsError(f"{error}.") from error


def _tell_what_if(opened: "Opened", terms: "WhatIf", *, save: bool) -> None:
    """Print what changes in each attempt, and why; keep it where that was asked for."""
    from host.report.comparison import compare
    from host.report.results import judged
    from host.report.revisions import save_revision

    comparison = compare(judged(opened), judged(terms.applied(opened)))
    print(f"\nWith these terms, beside the session as it was: {comparison.sentence}")
    for change in comparison.attempts:
        if change.changed:
            attempt, verdicts = change.before.attempt, (change.before.verdict, change.after.verdict)
            print(
                f"  {attempt.number:3}  {attempt.pattern}: " + " → ".join(v.value for v in verdicts)
            )
            for sentence in change.why:
                print(f"       {sentence}")
    if save:
        print(f"Saved as {save_revision(opened, terms, comparison)}; the original stays as it was.")
