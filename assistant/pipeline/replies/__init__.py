"""What people write to us -> whether it is obeyed, held or answered."""
