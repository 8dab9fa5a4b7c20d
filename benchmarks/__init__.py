"""Speed as ratios against something run in the same process minutes; never a time in a test."""
