"""Rules that need no parse tree: tokens of our own scanner in, findings out. Both engines call the same functions."""
