"""What gives a policy its bounds."""


class Bounding:
    """The bounds of a policy."""
