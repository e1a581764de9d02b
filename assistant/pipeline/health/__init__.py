"""Whether all parts do their work -> who is told of it: the digest, the administrator, the outside watch."""
