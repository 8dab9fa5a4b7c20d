"""Progress in figures: the indicators of a violence against women and girls strategy, from published statistics."""
