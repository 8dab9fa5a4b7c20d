"""What all tests share: real publishers' files only where they are, and no touching of real data by accident."""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
collect_ignore_glob = [] if SHARED.exists() else ["shared/*"]
