# Written by `attune-sql generate`; do not edit.
"""The types of the queries, for mypy and pyright, and the row classes."""
