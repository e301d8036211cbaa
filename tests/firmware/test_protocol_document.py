"""docs/protocol.md against what is sent: its worked examples, tables and quoted answers."""

import re
from pathlib import Path

import pytest

from tests.firmware.cyton_reader import COUNT_UV, CytonReader
from tests.firmware.emulated import FIRMWARE, EmulatedBoard, needs_emulator

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
GAIN, VREF_UV = 200.0, 5e6


def example(kind: str) -> tuple[bytes, list[list[str]]]:
    """Return the bytes of a worked example and the cells of the table that explains it."""
    found = re.search(rf"```{kind}\n(.+?)\n```(.+?)\n\n(\|.+?)\n\n", PAGE, re.DOTALL)
    assert found is not None
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in found[3].splitlines()
    ]
    return bytes.fromhex(found[1]), rows[2:]


def signed(code: int, bits: int) -> int:
    return code - (1 << bits) if code >> (bits - 1) else code


def slots_of(packet: bytes) -> list[int]:
    return [int.from_bytes(packet[at : at + 3], "big") for at in range(2, 26, 3)]


@pytest.mark.parametrize("kind", ["plain", "packed"])
def test_an_example_is_a_packet_whose_numbers_agree(kind: str) -> None:
    packet, rows = example(kind)
    counter = int.from_bytes(packet[26:30], "big")
    status = int.from_bytes(packet[30:32], "big")
    per_packet = 2 if kind == "packed" else 1
    assert len(packet) == 33
    assert (packet[0], packet[32]) == (0xA0, 0xC5)
    assert packet[1] == counter // per_packet % 256
    assert bool(status & 0x4000) is (kind == "packed")
    assert f"Sequence {packet[1]}, counter {counter} " in PAGE
    assert [int(row[0]) for row in rows] == list(range(1, 9))
    assert [int(row[1], 16) for row in rows] == slots_of(packet)


def test_the_plain_example_is_microvolts_at_the_skin_of_the_volts_at_the_input() -> None:
    packet, rows = example("plain")
    for code, (_, _, count, microvolts, volts) in zip(slots_of(packet), rows, strict=True):
        assert signed(code, 24) == int(count)
        assert signed(code, 24) * COUNT_UV == pytest.approx(float(microvolts), abs=0.051)
        if "range" in volts:
            assert code == 0x7FFFFF
        elif "off" not in volts:
            skin_uv = (float(volts.removesuffix(" V")) - VREF_UV / 2e6) * 1e6 / GAIN
            assert float(microvolts) == pytest.approx(skin_uv, abs=VREF_UV / 65536 / GAIN)


def test_the_packed_example_is_two_samples_in_each_slot() -> None:
    packet, rows = example("packed")
    for code, (_, _, *numbers) in zip(slots_of(packet), rows, strict=True):
        steps = [signed(code >> 12, 12), signed(code & 0xFFF, 12)]
        assert [int(number) for number in numbers[:2]] == steps
        for step, microvolts in zip(steps, numbers[2:], strict=True):
            assert step * VREF_UV / 4096 / GAIN == pytest.approx(float(microvolts), abs=0.0051)


def test_the_packets_table_adds_up_to_its_bytes() -> None:
    section = PAGE.split("## A packet: 33 bytes")[1].split("`b` starts")[0]
    covered: list[int] = []
    for first, last in re.findall(r"^\| (\d+)(?:–(\d+))? \|", section, re.MULTILINE):
        covered += range(int(first), int(last or first) + 1)
    assert covered == list(range(33))


def test_every_command_of_the_firmware_is_in_the_page() -> None:
    source = (FIRMWARE / "quietface" / "query.c").read_text(encoding="utf-8")
    dispatch = source.split("static void query_dispatch")[1]
    letters = re.findall(r"case '(.)':", dispatch)
    assert len(letters) >= 11
    for letter in letters:
        assert f"| `Q{letter}" in PAGE


@needs_emulator
def test_the_quoted_answers_are_those_of_the_board() -> None:
    quoted = re.search(r"^    (Quietface version=.+)$", PAGE, re.MULTILINE)
    assert quoted is not None
    with EmulatedBoard("nano") as board, CytonReader(board.port, "Q?!", "v") as reader:
        described, banner = reader.replies
    assert described == quoted[1]
    assert banner.split("\r\n") == re.findall(
        r"^    (Quietface 1.+|Speaks.+|\$\$\$)$", PAGE, re.MULTILINE
    )
