"""Descriptions → what execution says of them: every query is run on made-up rows, and held to its promises."""
