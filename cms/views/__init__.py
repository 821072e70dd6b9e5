"""Pages, answered."""
