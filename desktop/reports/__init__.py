"""Sealed reports of corruption: written on any laptop, read by the integrity officers alone.

`code` is what the reporter takes home, `letters` what is sealed and opened.
"""
