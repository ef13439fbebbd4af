"""Descriptions → findings: everything that is wrong with the query files, each with its place, rule and help."""
