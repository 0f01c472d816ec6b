"""`python -m deploy.sbom [FILE]`: what the program is made of, as CycloneDX, from uv.lock.

The same lock gives the same bytes: what uv says of the moment is left out.
"""

import json
import sys
from pathlib import Path
from typing import Any

from deploy.lock_file import ROOT, export

OUT = ROOT / "build" / "sbom.cdx.json"


def sbom() -> dict[str, Any]:
    """The bill of materials: each package with its version, its address and its hashes."""
    made: dict[str, Any] = json.loads(export("cyclonedx1.5"))
    made.pop("serialNumber", None)
    made["metadata"].pop("timestamp", None)
    return made


def write(path: Path) -> Path:
    """Write it into this file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(sbom(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]) if sys.argv[1:] else OUT)}\n")
