"""The review window: a whole session at a glance, to scrub, to play and to judge otherwise."""
