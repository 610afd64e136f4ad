"""Frames: calculators and assessments over the rows of any dataframe."""
