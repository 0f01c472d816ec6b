"""What is on screen. The only package that imports Qt."""
