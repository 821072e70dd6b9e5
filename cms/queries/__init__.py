"""What composed pages need: each a constant number of queries, most of them asked of the floors below."""
