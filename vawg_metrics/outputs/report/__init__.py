"""The published report of progress: one content from one release, in every format to publish, edit or check."""
