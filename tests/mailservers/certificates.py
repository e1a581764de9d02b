"""Certificates for 127.0.0.1, and the authority that issued them: a folder -> PEM files in it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import trustme


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificates:
    ca_file: Path
    """What a client must trust; goes into the setting of this name."""
    chain_file: Path
    key_file: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain_file, self.key_file)
        return context


def issue(folder: Path, *names: str, ends: datetime | None = None) -> Certificates:
    """Write a new authority's certificate, and one that it issued for `names`, good until `ends`."""
    authority = trustme.CA()
    issued = authority.issue_cert(*(names or ("127.0.0.1", "localhost")), not_after=ends)
    files = Certificates(ca_file=folder / "ca.pem", chain_file=folder / "server.pem", key_file=folder / "server.key")
    authority.cert_pem.write_to_path(str(files.ca_file))
    files.key_file.touch(mode=0o600)
    issued.private_key_pem.write_to_path(str(files.key_file))
    files.chain_file.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
    return files
