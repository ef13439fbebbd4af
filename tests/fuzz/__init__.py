"""A fuzzer of the nullability and cardinality engine: random schema, random queries, random data, no broken promise."""
