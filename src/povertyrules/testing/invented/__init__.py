"""The homes and people of an invented county, drawn column by column; `povertyrules.testing.synthetic` is the face of it.

Nothing here is an estimate of any real place: every share, weight and amount was chosen by hand, so that the branches of
the rules are met. Shares are per mille; a rank runs from 0 (the poorest) to 9,999, and most else follows from it.
"""
