"""A fictional jurisdiction: the engine is tested on it, so that its tests do not move when a real pack does."""
