"""Mail servers on loopback: for tests, and for the demo.

`EmbeddedMailServers` lives in this process and starts in a moment; `RealMailServers` runs Dovecot and Postfix, where
these are installed (`install-debian.sh`). Both are used in the same way. `CuttingProxy` stands between a client and
a server and makes trouble.
"""

from tests.mailservers.embedded import EmbeddedMailServers, Submission
from tests.mailservers.proxy import CuttingProxy
from tests.mailservers.real import RealMailServers

__all__ = ["CuttingProxy", "EmbeddedMailServers", "RealMailServers", "Submission"]
