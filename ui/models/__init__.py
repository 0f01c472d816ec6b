"""What screens show, as plain data and list models; most of it needs no window."""
