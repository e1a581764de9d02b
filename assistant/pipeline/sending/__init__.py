"""What becomes of a mail on its way: the servers that take it, whether it left, what comes back of it."""
