# Written by `attune-sql generate` (`make generate`); do not edit.
"""The types of the queries, for mypy and pyright, and the row classes."""
