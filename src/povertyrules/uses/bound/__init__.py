"""Bounds: the least and the most that a result can be, where facts are unknown and wording is open."""
