"""Raw input becomes clean values."""
