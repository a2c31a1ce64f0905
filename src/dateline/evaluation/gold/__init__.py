"""Gold labels and predictions: their shape, reading, writing, checking and texts."""
