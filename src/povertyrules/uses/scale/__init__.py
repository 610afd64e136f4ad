"""Scale: the rules as columns of a frame, a level at a time."""
