"""A Reading as something to take away: its figures as rows, as a CSV, as pictures."""
