"""Descriptions kept beside the queries, what each of them depends on, and what a change of the schema breaks."""
