"""What is there? One function a page or list, a constant number of queries."""
