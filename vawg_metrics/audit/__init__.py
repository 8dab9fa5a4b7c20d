"""The auditor: everything that a reader can receive, turned into bounds on the counts behind it, and solved."""
