"""Raw input → clean values."""
