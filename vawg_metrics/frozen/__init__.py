"""Frozen releases: published figures kept as they were on a day, small, with the definitions they had then."""
