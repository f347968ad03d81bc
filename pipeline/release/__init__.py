"""The release wing: what is said about a finished report, and letting it out."""

from .manifest import describe, write_manifest

__all__ = ["describe", "write_manifest"]
