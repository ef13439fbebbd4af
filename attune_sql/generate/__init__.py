"""Descriptions → Python text: row classes, enum types and stubs, so that mypy and pyright know every operation."""
