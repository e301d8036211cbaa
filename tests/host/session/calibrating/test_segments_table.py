"""Stretches that somebody marked in another program's recording."""

import pytest

from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind
from host.errors import SettingsError
from host.session.calibrating.segments_table import segments_from_csv

HEADER = "kind,start_s,stop_s,muscle,side\n"


def read(rows: str, header: str = HEADER) -> tuple[Segment, ...]:
    return segments_from_csv(header + rows, "marks.csv", 250.0, 10_000)


def test_every_line_is_a_stretch_in_samples() -> None:
    assert read("reference,20,23.5,ZYG,left\n rest , 2 , 12 ,,\n") == (
        Segment(kind=SegmentKind.REST, start=500, stop=3000),
        Segment(kind=SegmentKind.REFERENCE, start=5000, stop=5875, muscle="ZYG", side=Side.LEFT),
    )


def test_columns_may_come_in_any_order() -> None:
    header = "side, muscle, kind, start_s, stop_s\n"
    assert read(",,rest,0,10\n", header) == (Segment(kind=SegmentKind.REST, start=0, stop=2500),)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "marks.csv marks nothing."),
        ("rest,1\n", "marks.csv, line 2: need 5 entries."),
        ("rest,1,2,,,x\n", "marks.csv, line 2: need 5 entries."),
        ("rest,a,2,,\n", "marks.csv, line 2: start_s must be a number of seconds, got 'a'."),
        ("rest,1,nan,,\n", "marks.csv, line 2: stop_s must be within the recording, got 'nan'."),
        ("rest,0,9,,\nnap,10,12,,\n", "marks.csv, line 3: there is no kind 'nap', only rest, "),
        ("rest,3,2,,\n", "marks.csv, line 2: need 0 <= start < stop, got 750 and 500."),
        ("reference,3,4,EYE,left\n", "marks.csv, line 2: unknown muscle 'EYE'"),
        ("reference,3,4,ZYG,middle\n", "there is no side 'middle', only left, right."),
        ("rest,0,9,,\nrest,5,12,,\n", "marks.csv: the rest at sample 1250 begins before"),
        ("rest,0,90,,\n", "marks.csv: a stretch ends after the recording's 10000 samples."),
    ],
)
def test_a_bad_line_is_told_in_one_sentence(rows: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(rows)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_without_the_header_is_refused() -> None:
    with pytest.raises(SettingsError, match="needs the header kind,start_s"):
        read("rest,1,2,,\n", "a,b\n")
    with pytest.raises(SettingsError, match="needs the header"):
        segments_from_csv("", "marks.csv", 250.0, 100)
