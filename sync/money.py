"""Money as people read it: whole tenge in groups of three."""

GAP = "\u00a0"  # between groups, as the Kazakh locale has it


def grouped(tenge: int) -> str:
    """«148 600 000»."""
    return f"{tenge:,}".replace(",", GAP)


def in_tenge(tenge: int) -> str:
    """«148 600 000 ₸»."""
    return f"{grouped(tenge)}{GAP}₸"
