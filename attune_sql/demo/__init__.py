"""`attune-sql demo`: a whole run of Attune on a real database, by worker processes, checked to the last execution."""
