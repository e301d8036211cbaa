"""What the start page says of each patient. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from host.translation import tr

if TYPE_CHECKING:
    from host.clinic.patient import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRow:
    """One line of the list."""

    code: str
    detail: str

    @property
    def words(self) -> str:
        """Both in one line."""
        return f"{self.code}   {self.detail}"


def patient_rows(patients: tuple[Patient, ...], leave_out: str) -> tuple[PatientRow, ...]:
    """Return the list; `leave_out` is the patient without a face, who has a place of its own."""
    return tuple(
        PatientRow(code=one.code, detail=f"{side_words(one)} · {_confirmed(one)}")
        for one in patients
        if one.code != leave_out
    )


def side_words(patient: Patient) -> str:
    """Name the affected side."""
    words = {"left": tr("left side affected"), "right": tr("right side affected")}
    return words[patient.affected.value]


def _confirmed(patient: Patient) -> str:
    if patient.synkinesis is None:
        return tr("synkinesis not confirmed")
    return tr("confirmed by {}").format(patient.synkinesis.words)
