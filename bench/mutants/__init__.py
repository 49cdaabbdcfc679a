"""Mutation testing by sample: break the code in places drawn at random, and see whether a test fails for each."""
