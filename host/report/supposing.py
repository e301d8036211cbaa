"""Judge a recording by other terms in the background, beside the judgement of the session."""

import threading

from host.report.comparison import Comparison, compare
from host.report.results import Results, outcomes_of, results_of
from host.session.judging import Judging, WhatIf
from host.session.opened import Opened
from host.session.way import Way

_STEP_S = 0.5


class Supposing:
    """A thread that judges by the newest terms; older ones are given up."""

    def __init__(self, opened: Opened, way: Way | None = None) -> None:
        self._opened = opened
        self._way = way or Way()
        self.before: Results | None = None
        """The judgement of the session; nothing is compared before it is there."""
        self.terms = WhatIf()
        """What was asked for last."""
        self.comparison: Comparison | None = None
        """What came of `terms`; None until it is known, or while nothing is asked for."""
        self.error: BaseException | None = None
        self._wanted: WhatIf | None = None
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="supposing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End, and wait for the end."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def busy(self) -> bool:
        """Whether terms were asked for whose results are not known yet."""
        return not self.terms.empty and self.comparison is None

    def suppose(self, terms: WhatIf) -> None:
        """Judge by these; empty terms take the comparison away."""
        with self._changed:
            self.terms = terms
            self.comparison = None
            self._wanted = None if terms.empty else terms
            self._changed.notify()

    def _run(self) -> None:
        try:
            while True:
                with self._changed:
                    while not self._closing and (self._wanted is None or self.before is None):
                        self._changed.wait(0.1)
                    if self._closing:
                        return
                    terms, self._wanted = self._wanted, None
                if terms is not None:
                    with self._way.working():
                        self._judge(terms)
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error

    def _judge(self, terms: WhatIf) -> None:
        supposed = terms.applied(self._opened)
        judging, outcomes = Judging(supposed, step_s=_STEP_S), outcomes_of(supposed)
        for frames in judging:
            outcomes.push(frames)
            self._way.give()
            if self._closing or self.terms is not terms:
                return
        outcomes.close(judging.finish())
        before = self.before
        if before is None:
            return
        comparison = compare(before, results_of(supposed, outcomes))
        with self._changed:
            if self.terms is terms:
                self.comparison = comparison
