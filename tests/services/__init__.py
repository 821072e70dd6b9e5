"""Real servers and browsers for the suite, found or started here."""
