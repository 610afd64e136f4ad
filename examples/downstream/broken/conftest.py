"""Hypothesis does not watch the clock: the first question to a policy compiles its rules."""

from hypothesis import settings

settings.register_profile("willow", deadline=None, derandomize=True)
settings.load_profile("willow")
