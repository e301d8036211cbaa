"""A plan turned into bouts: what one of its patterns asks for, and what that changes (P16)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from calibration.saying import Saying
from host.errors import SettingsError
from host.session.plan_terms import terms_of
from host.session.practising.asked import BoutTerms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calibration.patterns import Pattern
    from host.clinic.plan import FeedbackMode, Plan
    from host.detection.adjustments import Adjustment
    from host.detection.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutOrder:
    """One bout that is to begin."""

    terms: BoutTerms
    change: Adjustment | None = None
    """Roles, quiet lines and ceiling from its beginning on; None where they stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What the bouts of a session are made from."""

    plan: Plan
    allowed: tuple[str, ...]
    """Names of the patterns that may be practised today, in order."""
    known: Mapping[str, Pattern]
    watch: Watch
    """That of the session without its plan, as for `terms_of`."""

    def order(self, pattern: str, mode: FeedbackMode | None = None) -> BoutOrder:
        """Return the bout of one of the plan's patterns, in its mode or in another.

        SettingsError where this pattern may not be practised.
        """
        if pattern not in self.allowed:
            those = ", ".join(self.allowed) or "none"
            raise SettingsError(
                Saying(
                    "{!r} may not be practised by {} today; allowed: {}.",
                    pattern,
                    self.plan.person,
                    those,
                )
            )
        planned = self.plan.planned(pattern)
        if mode is not None:
            planned = replace(planned, mode=mode)
        return BoutOrder(
            terms=BoutTerms.of(self.plan, planned),
            change=terms_of(planned, self.known, self.watch),
        )

    def after(self, pattern: str) -> str:
        """Return the pattern that is offered after a bout of one: the plan's next, in a round."""
        if pattern not in self.allowed:
            return self.allowed[0]
        return self.allowed[(self.allowed.index(pattern) + 1) % len(self.allowed)]
