"""The laptop's end: what waits, what was taken, and the line to the server."""
