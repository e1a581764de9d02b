"""Mail servers on loopback: for tests, and for the demo.

`EmbeddedMailServers` lives in this process and starts in a moment. `CuttingProxy` stands between a client and a
server and makes trouble.
"""

from tests.mailservers.embedded import EmbeddedMailServers, Submission
from tests.mailservers.proxy import CuttingProxy

__all__ = ["CuttingProxy", "EmbeddedMailServers", "Submission"]
