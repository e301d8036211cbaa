"""True episodes."""

import numpy as np

from host.acquisition.simulated.truth import TrueEpisode, find_episodes, merge_episodes


def test_an_episode_is_where_a_quiet_channel_has_enough() -> None:
    synkinetic = np.zeros((100, 2))
    synkinetic[20:40, 0] = 0.3
    synkinetic[30, 0] = 0.5
    synkinetic[20:40, 1] = 0.05
    found = find_episodes(synkinetic, np.ones((100, 2), dtype=bool), start=1000, least=0.1)
    assert found == [TrueEpisode(channel=0, start=1020, stop=1040, peak=0.5)]


def test_a_channel_that_need_not_be_quiet_has_none() -> None:
    quiet = np.ones((100, 1), dtype=bool)
    quiet[50:] = False
    found = find_episodes(np.full((100, 1), 0.4), quiet, start=0, least=0.1)
    assert found == [TrueEpisode(channel=0, start=0, stop=50, peak=0.4)]


def test_episodes_with_little_between_them_are_one() -> None:
    pieces = [
        TrueEpisode(channel=1, start=50, stop=60, peak=0.2),
        TrueEpisode(channel=0, start=10, stop=20, peak=0.2),
        TrueEpisode(channel=0, start=24, stop=40, peak=0.7),
        TrueEpisode(channel=0, start=45, stop=50, peak=0.1),
    ]
    assert merge_episodes(pieces, 5) == (
        TrueEpisode(channel=0, start=10, stop=40, peak=0.7),
        TrueEpisode(channel=0, start=45, stop=50, peak=0.1),
        TrueEpisode(channel=1, start=50, stop=60, peak=0.2),
    )
