"""What is meant: the measures, their sources and the strategy, as frozen values read from TOML files."""
