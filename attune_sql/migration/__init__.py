"""Numbered SQL files, the ledger of those that a database has had, and the runner between them."""
