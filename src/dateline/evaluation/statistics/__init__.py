"""How sure a figure is, and a difference of two."""
