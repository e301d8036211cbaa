"""One muscle whose left and right cables are exchanged, while all others are as they should be."""

from functools import cache

from calibration.findings import Fault
from calibration.muscles import Side
from host.acquisition.simulated.script import WAITING
from host.acquisition.simulated.settings import PatientSettings
from host.chain.pipeline import ChainSettings
from host.session.calibrating.finishing import fitted_profile
from host.session.calibrating.protocol import whole_protocol
from tests.host.session.calibrating.courses import FACE, Bedside, calibrated
from tests.host.session.calibrating.test_fitting import IDENTITY

EYES = tuple(FACE.column("OOC", side) for side in Side)


@cache
def crossed(affected: Side) -> Bedside:
    """Return a calibration of a patient whose eyes' cables are exchanged; cheeks show the sides."""
    sites = list(FACE.sites)
    left, right = (at for at in EYES if at is not None)
    sites[left], sites[right] = sites[right], sites[left]
    settings = PatientSettings(montage=FACE, script=WAITING, affected=affected, lying=tuple(sites))
    bedside = Bedside(whole_protocol(FACE, affected), settings, chain=ChainSettings())
    bedside.accept_all()
    return bedside


def test_it_is_found_whichever_side_is_affected_and_named_with_what_to_do() -> None:
    for affected in Side:
        (found,) = crossed(affected).course.view.accepted
        assert found.fault is Fault.CROSSED
        assert found.sentence.startswith(f"Eye, {affected.other.value}, reference: left and right")
        assert found.advice.startswith("Exchange the left and right cables of this muscle")


def test_neither_of_the_two_gets_a_reference_and_all_others_do() -> None:
    _, profile = fitted_profile(crossed(Side.RIGHT).course.heard, IDENTITY)
    known = [one.reference_uv is not None for one in profile.channels]
    assert known == [at not in EYES for at in range(len(FACE.sites))]


def test_cables_as_they_should_be_are_no_finding() -> None:
    assert not calibrated().course.view.accepted
