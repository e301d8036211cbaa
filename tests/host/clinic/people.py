"""A patient and a plan for tests, as a therapist would have made them."""

from datetime import date

from calibration.channel import ChannelNumbers
from calibration.montage import montages
from calibration.muscles import Side
from calibration.profile import Electrodes, Profile
from host.clinic.patient import Confirmation, Patient
from host.clinic.plan import Plan, PlannedPattern

TODAY = date(2026, 11, 25)
SURE = Confirmation(therapist="T07", day=date(2026, 11, 20))


def patient(code: str = "P01", affected: Side = Side.RIGHT) -> Patient:
    """Return a patient whose synkinesis is confirmed."""
    return Patient(code=code, affected=affected, synkinesis=SURE)


def plan(*names: str, person: str = "P01") -> Plan:
    """Return a plan with these patterns enabled; by default the pucker."""
    planned = tuple(PlannedPattern(name=name, enabled=SURE) for name in names or ("pucker",))
    return Plan(person=person, affected=Side.RIGHT, montage="face-8", patterns=planned)


def profile(person: str = "P01", montage: str = "face-8") -> Profile:
    """Return a calibration of which nothing but its origin matters."""
    placed = montages()[montage]
    return Profile(
        person=person,
        montage=placed,
        electrodes=Electrodes(id="e1", date=TODAY.isoformat()),
        chain="0123456789abcdef",
        rate_hz=250.0,
        band_hz=(20.0, 110.0),
        spectrum_step_hz=7.8125,
        created=f"{TODAY.isoformat()}T10:00:00.000000+00:00",
        therapist="T01",
        channels=(ChannelNumbers(),) * len(placed.sites),
    )
