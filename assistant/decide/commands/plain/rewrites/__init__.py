"""Turns of phrase -> the plain words that the forms know, a table for each subject."""
