"""Faults in words and at work."""

import numpy as np
import pytest

from host.acquisition.simulated.faults import EXAMPLE, Faults, Outage


def test_the_example_names_every_fault() -> None:
    assert Faults.parse(EXAMPLE) == Faults(
        loss=0.01,
        garble=0.001,
        stalls=(Outage(start_s=5.0, length_s=2.0),),
        pulls=(Outage(start_s=10.0, length_s=3.0),),
        burst_s=0.016,
        slow_stop_s=0.3,
        packets_per_s=500.0,
        resets_s=(7.0,),
    )


def test_no_words_are_no_faults() -> None:
    assert Faults.parse("") == Faults()


def test_a_fault_may_happen_twice_and_a_share_be_written_plainly() -> None:
    faults = Faults.parse("stall=1+1, stall=4+0.5, loss=0.02")
    assert len(faults.stalls) == 2
    assert faults.loss == 0.02


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("los=1%", "there is no fault 'los'"),
        ("loss=many", "'loss=many' is not a number"),
        ("stall=5", "not START\\+LENGTH"),
        ("pull=a+b", "not START\\+LENGTH"),
        ("loss=150%", "share of packets from 0 to 1, got 1.5"),
        ("rate=0", "1 to 4000"),
        ("burst=3s", "burst_s within 0..1"),
        ("stall=1+0", "length > 0"),
    ],
)
def test_words_that_mean_nothing_get_one_sentence(words: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        Faults.parse(words)
    assert "\n" not in str(refused.value)


def test_about_as_many_packets_are_lost_as_asked_for_and_all_in_a_stall() -> None:
    faults = Faults(loss=0.1, stalls=(Outage(start_s=10.0, length_s=1.0),))
    times_s = np.arange(10_000) / 250.0
    lost = faults.lost(times_s, np.random.default_rng(1).random(10_000))
    assert lost[(times_s >= 10.0) & (times_s < 11.0)].all()
    assert lost[times_s < 10.0].mean() == pytest.approx(0.1, abs=0.02)


def test_a_garbled_packet_differs_in_one_byte() -> None:
    packets = np.zeros((500, 33), dtype=np.uint8)
    damaged, hit = Faults(garble=0.2).garbled(packets, np.random.default_rng(1).random((500, 3)))
    assert ((damaged != packets).sum(axis=1) == np.isin(np.arange(500), hit)).all()
    assert len(hit) == pytest.approx(100, abs=30)
    assert not packets.any()
