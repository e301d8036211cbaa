"""Faces on the screen: what came along, where electrodes lie, what was felt."""
