"""What partners send: templates, checks, and the restricted folder where raw values live."""
