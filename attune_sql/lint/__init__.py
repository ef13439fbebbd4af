"""What can be told from the text alone: the sqlfluff plugin and the fast engine share the rules' codes and names."""
