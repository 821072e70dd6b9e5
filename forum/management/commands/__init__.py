"""Commands of forum."""
