"""Raw input to clean values."""
