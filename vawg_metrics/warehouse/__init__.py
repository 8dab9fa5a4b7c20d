"""DuckDB in memory: loaded from the published files, then sealed. The only package that imports duckdb."""
