"""The fast engine: PostgreSQL's own parser, libpg_query, and the lint rules over its trees."""
