"""What a page needs; a constant number of queries each."""
