"""Stage 4: Findings, replies and the time -> Decision. Pure; the only judge."""
