"""Files of any size: whole tables assessed from disk to disk, a batch of households at a time."""
