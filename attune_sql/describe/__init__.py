"""Operation → Description: what PostgreSQL itself says of a query's parameters, columns and number of rows."""
