"""What stands at the door of the server before anybody comes in: no way into the restricted folder, no uploads."""

from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware

from vawg_metrics.returns.folder import PROJECT, folder_meant
from vawg_metrics.ui.refusing import keep_out_of
from vawg_metrics.ui.steward import for_steward
from vawg_metrics.ui.uploads import MOST_BODY, Uploads


def guards() -> list[Middleware]:
    """Shut the restricted folder for this process, and say what every request passes first. Once, by the server."""
    keep_out_of(folder_meant(), PROJECT)
    taken = for_steward()
    if taken:
        MultiPartParser.spool_max_size = 2 * MOST_BODY  # what is taken stays in memory: never in a temporary file
    return [Middleware(Uploads, taken=taken)]
