"""Words -> the task that they can only mean, and whether they tell what its title bids; careful where two would fit."""
