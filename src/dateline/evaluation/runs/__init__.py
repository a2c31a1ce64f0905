"""Runs: predictions of one variant over a suite's documents, kept in a folder and scored."""
