"""Findings in the reader's language; on record, and on the command line, they are English."""

from calibration.findings import Finding
from host.translation import told, tr


def finding_sentence(found: Finding) -> str:
    """Return what is wrong, with where and how much as they were found."""
    words = tr("{where}: {fault} ({detail}).")
    fault = tr(found.fault.value)
    return words.format(where=told(found.where), fault=fault, detail=told(found.detail))


def finding_advice(found: Finding) -> str:
    """Return what to do about it."""
    return told(found.advice)
