"""Proof that nothing is lost and nothing repeated, whatever dies, is cut, or fills up."""
