"""How boards number their rows."""

import numpy as np
import pytest

from host.acquisition.catalog import Counting
from host.acquisition.numbering import (
    NOT_A_SAMPLE,
    GanglionPairs,
    Modular,
    Numbering,
    RowCount,
    numbering_of,
)


def steps(numbering: Numbering, numbers: list[int]) -> list[int]:
    """Return how far each row is ahead of the one before, as the counter sees it."""
    taken, last = [], None
    for number in numbers:
        position = int(numbering.positions(np.array([float(number)]))[0])
        if last is not None:
            taken.append((position - last) % numbering.cycle)
        last = position
    return taken


def test_a_cyton_counts_every_sample_modulo_256() -> None:
    assert steps(Modular(), [254, 255, 0, 1, 4]) == [1, 1, 1, 3]


def test_a_daisys_number_goes_by_two() -> None:
    daisy = Modular(step=2)
    assert daisy.cycle == 128
    assert steps(daisy, [252, 254, 0, 2, 8]) == [1, 1, 1, 3]
    assert daisy.positions(np.array([3.0])) == NOT_A_SAMPLE


def test_numbers_that_no_board_sends_are_no_samples() -> None:
    numbers = np.array([256.0, -1.0, 1.5, np.nan, 7.0])
    assert Modular().positions(numbers).tolist() == [NOT_A_SAMPLE] * 4 + [7]


@pytest.mark.parametrize("base", [0, 100])
def test_ganglion_firmware_2_has_201_samples_in_a_round(base: int) -> None:
    one_round = [0] + [base + packet for packet in range(1, 101) for _ in range(2)]
    numbering = GanglionPairs()
    assert set(steps(numbering, one_round * 3)) == {1}
    assert numbering.cycle == 201


@pytest.mark.parametrize("base", [0, 100])
def test_ganglion_firmware_3_has_200_samples_in_a_round(base: int) -> None:
    one_round = [base + packet for packet in range(100) for _ in range(2)]
    numbering = GanglionPairs()
    assert set(steps(numbering, one_round * 3)) == {1}
    assert numbering.cycle == 200


def test_a_lost_ganglion_packet_is_two_samples() -> None:
    assert steps(GanglionPairs(), [5, 5, 7, 7, 8]) == [1, 3, 1, 1]


def test_ganglion_impedance_rows_are_no_samples() -> None:
    assert GanglionPairs().positions(np.array([203.0])) == NOT_A_SAMPLE


def test_unknown_boards_count_their_rows() -> None:
    numbering = RowCount()
    assert numbering.positions(np.array([9.0, 9.0])).tolist() == [0, 1]
    assert numbering.positions(np.array([9.0])).tolist() == [2]


def test_every_way_of_counting_has_its_numbering() -> None:
    kinds = {counting: type(numbering_of(counting)) for counting in Counting}
    assert kinds[Counting.PAIRS] is GanglionPairs
    assert kinds[Counting.ROWS] is RowCount
    assert kinds[Counting.MODULO_256] is kinds[Counting.BY_TWO] is Modular


def test_a_step_that_does_not_divide_the_modulus_is_refused() -> None:
    with pytest.raises(ValueError, match="step 3"):
        Modular(step=3)
