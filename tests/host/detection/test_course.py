"""Powers of an attempt are kept in few pieces, and lose nothing by it."""

import gc

import numpy as np

from host.detection.course import TOGETHER, Piece, Pieces, joined

COLUMNS = 2


def _pieces(count: int, seed: int) -> list[Piece]:
    """Return pieces of one to three hops, now and then with a gap before them."""
    random = np.random.default_rng(seed)
    pieces, first = [], 7
    for _ in range(count):
        first += int(random.integers(20)) if random.random() < 0.02 else 0
        length = int(random.integers(1, 4))
        pieces.append(Piece(first=first, powers=random.random((length, COLUMNS))))
        first += length
    return pieces


def test_pieces_put_together_give_the_same_hops() -> None:
    pieces = _pieces(5 * TOGETHER + 11, seed=1)
    ours = Pieces(COLUMNS, pieces[:30])
    for at, piece in enumerate(pieces[30:], 31):
        ours.add(piece)
        if at % 37 == 0:
            first, stop = piece.first - 200, piece.stop + 5
            np.testing.assert_array_equal(
                ours.powers(first, stop), joined(pieces[:at], first, stop, COLUMNS)
            )
    whole = ours.powers(0, pieces[-1].stop)
    np.testing.assert_array_equal(whole, joined(pieces, 0, pieces[-1].stop, COLUMNS))


def test_nothing_came() -> None:
    assert np.isnan(Pieces(COLUMNS).powers(3, 9)).all()
    assert Pieces(COLUMNS).powers(9, 3).shape == (0, COLUMNS)


def test_a_long_attempt_keeps_few_objects_alive() -> None:
    ours = Pieces(COLUMNS)
    for piece in _pieces(100 * TOGETHER, seed=2):
        ours.add(piece)
    assert sum(isinstance(one, Piece) for one in gc.get_objects()) <= 100 + TOGETHER
