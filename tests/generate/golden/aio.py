# Written by `attune-sql generate` (`make generate`); do not edit.
from attune_sql.runtime.loader import Queries

__all__ = ["Queries"]
