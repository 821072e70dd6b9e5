"""Text for mail: rendered on the way out, trimmed on the way in."""
