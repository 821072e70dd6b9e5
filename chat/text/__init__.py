"""How messages look: a line on the page and on the wire, a citation in a topic."""
