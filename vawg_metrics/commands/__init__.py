"""Groups of commands: what each says and when it exits with what; the work is done elsewhere."""
