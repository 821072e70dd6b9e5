"""A small world with a bad line: real hub, real sockets' code, real verbs and rows; only the wires are made up."""
