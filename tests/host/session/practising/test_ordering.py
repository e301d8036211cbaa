"""A plan turned into bouts."""

from dataclasses import replace

import pytest

from calibration.montage import montages
from host.clinic.plan import FeedbackMode
from host.detection.watch import Watch
from host.errors import SettingsError
from host.session.plan_terms import known_patterns
from host.session.practising.asked import BoutTerms
from host.session.practising.ordering import Orders
from tests.host.clinic.people import plan

ORDERS = Orders(
    plan=replace(plan("pucker", "snarl"), bout_s=90.0, rise_s=3.0),
    allowed=("pucker", "gentle closed smile"),
    known=known_patterns(),
    watch=Watch(montage=montages()["face-8"]),
)


def test_p16_a_bout_has_the_lengths_and_the_lines_of_the_plan() -> None:
    order = ORDERS.order("pucker")
    assert (order.terms.bout_s, order.terms.rise_s, order.terms.mode) == (
        90.0,
        3.0,
        FeedbackMode.BARS,
    )
    assert order.change is not None
    assert order.change.thresholds is not None
    assert order.change.thresholds.enter == pytest.approx(0.25)


def test_a_bout_can_be_practised_in_another_mode_than_the_plan_s() -> None:
    assert ORDERS.order("pucker", FeedbackMode.SOUND).terms.mode is FeedbackMode.SOUND


def test_p16_what_is_planned_and_not_allowed_today_is_refused() -> None:
    with pytest.raises(SettingsError, match="'snarl' may not be practised by P01 today"):
        ORDERS.order("snarl")


def test_patterns_are_offered_in_a_round() -> None:
    offered = [ORDERS.after(name) for name in ("pucker", "gentle closed smile", "snarl")]
    assert offered == ["gentle closed smile", "pucker", "pucker"]


def test_a_bout_that_is_on_record_has_the_terms_it_was_practised_on() -> None:
    terms = BoutTerms(pattern="pucker", mode=FeedbackMode.FADED, faded_share=0.25, hold_s=4.0)
    assert BoutTerms.on_record(terms.begun(3, 100)) == terms


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"bout_s": 20.0}, "bout_s must be 30 to 300"),
        ({"hold_s": 0.0}, "hold_s must be 1 to 15"),
        ({"question_s": 0.0}, "question_s must be 0.5 to 60"),
        ({"faded_share": 1.5}, "faded_share must be 0 to 1"),
    ],
)
def test_p7_lengths_beyond_those_of_the_document_are_refused(
    wrong: dict[str, float], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        BoutTerms(pattern="pucker", **wrong)  # type: ignore[arg-type]
