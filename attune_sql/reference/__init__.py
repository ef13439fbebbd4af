"""`attune-sql reference`: a page for each repository, from its query files and what PostgreSQL says of them."""
