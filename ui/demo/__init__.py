"""The main job on real input: a server and two laptops, from the first word to the rating."""
