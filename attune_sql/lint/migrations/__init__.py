"""What is only asked of migrations: our own rules over their parse trees, and squawk's."""
