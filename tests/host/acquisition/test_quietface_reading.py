"""Our board's packets: sample numbers of 32 bits, false packets, its own losses."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from host.acquisition.front_end import FrontEnd, find_front_end
from host.acquisition.quietface_board import QuietfaceBoard
from host.acquisition.quietface_mode import Mode, Wish, negotiate
from host.acquisition.quietface_reading import QuietfaceReading
from host.acquisition.reading import Layout, Samples
from host.acquisition.simulated.quietface_speech import QuietfaceSpeech
from host.chain.stream import FloatArray
from tests.cuts import cuts
from tests.host.acquisition.quietface_packets import LAYOUT, table_of

DOCUMENT = Path(__file__).parents[3] / "docs" / "protocol.md"
MYOWARE = find_front_end("myoware-2-raw")
FOUR = Wish(front_end=MYOWARE, channels=4)
COUNT, PER_PACKET = 40, 4
RNG = np.random.default_rng(5)
DATA_UV = RNG.normal(0.0, 500.0, (COUNT * PER_PACKET, 8))


def connected(wish: Wish, commands: bytes = b"") -> tuple[QuietfaceSpeech, QuietfaceBoard, Mode]:
    speech = QuietfaceSpeech(feed_hz=1000)
    speech.push(commands)
    board, mode = negotiate(lambda text: speech.push(text.encode()).decode(), wish)
    return speech, board, mode


def reading_of(
    wish: Wish = FOUR,
    front_end: FrontEnd = MYOWARE,
    commands: bytes = b"",
) -> tuple[QuietfaceReading, FloatArray]:
    """Return a reading, and the table of forty packets."""
    speech, board, mode = connected(wish, commands)
    reading = QuietfaceReading(board, mode, front_end, LAYOUT, channels=wish.channels)
    return reading, table_of(speech.encode(np.arange(100, 100 + COUNT), 100, DATA_UV))


ARRIVALS_S = np.arange(COUNT) / 250.0


def test_1000_samples_of_four_channels_come_in_order_with_their_numbers() -> None:
    reading, table = reading_of()
    numbers, arrivals_s, data_uv = reading.samples(table, ARRIVALS_S)
    np.testing.assert_array_equal(numbers, np.arange(COUNT * 4))
    np.testing.assert_array_equal(arrivals_s, np.repeat(ARRIVALS_S, 4))
    # Within half a step of 5 V / 4096 / 200.
    np.testing.assert_allclose(data_uv, DATA_UV[:, :4], rtol=0, atol=3.06)
    stream = reading.stream
    assert (stream.rate_hz, len(stream.channels)) == (1000.0, 4)
    assert stream.range_uv == pytest.approx(12_500.0)
    assert stream.resolution_uv == pytest.approx(6.10352, abs=1e-5)
    assert stream.bandwidth_hz == pytest.approx(443.0)


def test_500_samples_of_eight_channels_are_means_of_two() -> None:
    reading, table = reading_of(Wish(front_end=MYOWARE))
    numbers, _, data_uv = reading.samples(table, ARRIVALS_S)
    assert len(numbers) == 2 * COUNT
    means_uv = DATA_UV.reshape(-1, 2, 8).mean(axis=1)
    np.testing.assert_allclose(data_uv, means_uv, rtol=0, atol=3.06)


def test_plain_samples_are_microvolts_at_the_skin_of_a_cytons_range() -> None:
    reading, table = reading_of(Wish(rate_hz=250, front_end=MYOWARE))
    numbers, _, data_uv = reading.samples(table, ARRIVALS_S)
    np.testing.assert_array_equal(numbers, np.arange(COUNT))
    means_uv = DATA_UV.reshape(-1, 4, 8).mean(axis=1)
    np.testing.assert_allclose(data_uv, means_uv, rtol=0, atol=0.21)
    assert (reading.stream.range_uv, reading.stream.resolution_uv) == (187_500.0, None)


def in_pieces(
    reading: QuietfaceReading, table: FloatArray, arrivals_s: FloatArray, cut_points: list[int]
) -> list[Samples]:
    """Read a table cut at these packets."""
    parts = np.split(table, cut_points, axis=1)
    times = np.split(arrivals_s, cut_points)
    return [reading.samples(part, at_s) for part, at_s in zip(parts, times, strict=True)]


@given(cuts(COUNT))
def test_output_does_not_depend_on_the_cut(cut_points: list[int]) -> None:
    whole, table = reading_of()
    expected = whole.samples(table, ARRIVALS_S)
    cut, _ = reading_of()
    pieces = in_pieces(cut, table, ARRIVALS_S, cut_points)
    for got, want in zip(zip(*pieces, strict=True), expected, strict=True):
        np.testing.assert_array_equal(np.concatenate(got), want)


@given(cuts(COUNT))
def test_what_was_heard_late_and_then_in_time_again_is_kept_whole_behind_a_gap(
    cut_points: list[int],
) -> None:
    speech, board, mode = connected(FOUR)
    reading = QuietfaceReading(board, mode, MYOWARE, LAYOUT, channels=4)
    packets = np.arange(COUNT) + np.where(np.arange(COUNT) < 10, 0, 100)
    table = table_of(speech.encode(packets, 0, DATA_UV))
    # By 0.3 s late before the gap; the first one after it seems to come before its time.
    arrivals_s = packets / 250.0 + np.where(packets < 10, 0.3, 0.0)
    pieces = in_pieces(reading, table, arrivals_s, cut_points)
    numbers = np.concatenate([piece.numbers for piece in pieces])
    np.testing.assert_array_equal(numbers, (4 * packets[:, None] + np.arange(4)).ravel())
    assert reading.overruns == 0


@pytest.mark.parametrize(
    ("row", "value"),
    [(12, 0xC0), (0, 77.0), (16, 250.0), (17, 0.0)],
    ids=["end byte", "sequence", "counter", "packed bit"],
)
def test_a_packet_whose_parts_disagree_gets_no_number(row: int, value: float) -> None:
    reading, table = reading_of()
    table[row, 7] = value
    numbers, _, _ = reading.samples(table, ARRIVALS_S)
    np.testing.assert_array_equal(np.flatnonzero(np.isnan(numbers)), [28, 29, 30, 31])


def test_a_counter_beyond_16_bits_is_read_whole() -> None:
    reading, table = reading_of()
    counter = 4 * (np.arange(COUNT) + 0x12345600)
    table[0] = counter // 4 % 256
    for place in range(4):
        table[13 + place] = counter >> (24 - 8 * place) & 0xFF
    numbers, _, _ = reading.samples(table, ARRIVALS_S)
    assert numbers[0] == 4 * 0x12345600


def test_packets_dropped_by_the_board_are_added_up_over_its_starts() -> None:
    reading, table = reading_of()
    table[18, 10:] = 3
    table[18, 20:] = 1
    table[18, 30:] = 4
    reading.samples(table[:, :25], ARRIVALS_S[:25])
    assert reading.overruns == 4
    reading.samples(table[:, 25:], ARRIVALS_S[25:])
    assert reading.overruns == 7
    assert "dropped 7 packets" in " ".join(reading.remarks)


def test_a_test_signal_is_told() -> None:
    reading, table = reading_of()
    table[17, 5] = 0x60
    reading.samples(table, ARRIVALS_S)
    assert "its test signal" in " ".join(reading.remarks)


def test_a_board_without_all_inputs_has_still_ones_for_the_rest() -> None:
    speech = QuietfaceSpeech(feed_hz=1000, board="uno")
    board, mode = negotiate(lambda text: speech.push(text.encode()).decode(), Wish())
    reading = QuietfaceReading(board, mode, MYOWARE, LAYOUT)
    table = table_of(speech.encode(np.arange(COUNT), 0, DATA_UV))
    data_uv = reading.samples(table, ARRIVALS_S).data
    assert data_uv.shape == (2 * COUNT, 8)
    assert data_uv[:, :6].any(axis=0).all()
    assert not data_uv[:, 6:].any()


def test_a_converter_at_its_end_is_at_the_end_of_the_range() -> None:
    speech, board, mode = connected(Wish(front_end=MYOWARE, channels=4))
    reading = QuietfaceReading(board, mode, MYOWARE, LAYOUT, channels=4)
    data_uv = np.full((COUNT * 4, 8), 13_000.0)
    data_uv[:, 1] = -13_000.0
    rows = reading.samples(table_of(speech.encode(np.arange(COUNT), 0, data_uv)), ARRIVALS_S)
    assert (rows.data[:, 0] == reading.stream.range_uv).all()
    assert (rows.data[:, 1] == -reading.stream.range_uv).all()


def test_remarks_say_how_it_sends_and_what_is_coarse() -> None:
    said = " ".join(reading_of()[0].remarks)
    assert "1000 samples/s of 4 channels, packed; MyoWare 2.0, RAW output, gain 200" in said
    assert "One step of its converter is 6.1 µV" in said


def test_the_documents_packed_example_is_decoded_as_its_table_says() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    shown = bytes.fromhex(text.split("```packed\n")[1].split("```")[0])
    table = table_of(np.frombuffer(shown, dtype=np.uint8).reshape(1, 33))
    _, board, mode = connected(Wish(front_end=MYOWARE))
    numbers, _, data_uv = QuietfaceReading(board, mode, MYOWARE, LAYOUT).samples(table, np.zeros(1))
    assert numbers.tolist() == [532.0, 533.0]
    rows = text.split("| first step | second step |")[1].splitlines()[2:10]
    told_uv = np.array([[float(cell) for cell in row.split("|")[5:7]] for row in rows])
    # Of a railed sample the table has the step, and the session the whole range.
    told_uv[3, 0] = 12_500.0
    np.testing.assert_allclose(data_uv.T, told_uv, atol=0.006)


def test_a_narrow_front_end_narrows_the_stream_and_says_so() -> None:
    heart = find_front_end("ad8232")
    reading, _ = reading_of(Wish(front_end=heart), heart)
    assert reading.stream.bandwidth_hz == 40.0
    assert "0.5 to 40 Hz" in " ".join(reading.remarks)


def test_an_untold_front_end_is_not_passed_over() -> None:
    reading, _ = reading_of(Wish(), find_front_end("gain", 200.0))
    assert "Nobody told what is before the board's inputs" in " ".join(reading.remarks)


def test_a_layout_without_auxiliary_bytes_is_refused() -> None:
    _, board, mode = connected(Wish())
    with pytest.raises(ValueError, match="6 auxiliary bytes"):
        QuietfaceReading(board, mode, MYOWARE, Layout(number=0, channels=tuple(range(8))))
