"""The map without a screen: where things lie (`mercator`, `outlines`), what stands on it (`layers`), what would
overlap (`spacing`), into which colours districts fall (`shades`), and tiles of a file beside it (`tiles`).

What is counted there, desktop/actions/on_map.py asks; ui/maps draws it.
"""
