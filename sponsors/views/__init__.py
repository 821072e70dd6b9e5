"""They speak HTTP and nothing else."""
