"""A sentence as people write it -> the same in plain commands, with the numbers of the tasks that it speaks of."""
