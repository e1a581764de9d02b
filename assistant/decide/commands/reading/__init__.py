"""A whole reply -> its clauses, the commands in them, and what stands against following one."""
