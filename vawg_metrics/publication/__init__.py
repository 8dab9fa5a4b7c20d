"""Publish first, serve second: definitions become figures, and figures get their limits, comparisons and verdicts."""

from vawg_metrics.publication.figures import grains_of, publish, publish_indicator
from vawg_metrics.publication.protected import possible_errors

__all__ = ["grains_of", "possible_errors", "publish", "publish_indicator"]
