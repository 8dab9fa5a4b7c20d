"""From accepted returns to protected facts: gather, link, round, withhold; the only road from raw to released."""
