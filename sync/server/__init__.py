"""The regional server."""
