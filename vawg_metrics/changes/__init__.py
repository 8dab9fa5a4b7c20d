"""What changed between two editions: compared figure by figure, and said in the order of an agenda."""
