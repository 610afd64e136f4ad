"""What gives a policy its proofs."""


class Proving:
    """The proofs of a policy."""
