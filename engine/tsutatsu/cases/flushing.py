"""What a file system keeps when the power fails: a name, only once its folder has been flushed."""

import os
import sys
from pathlib import Path


def flush_folder(folder: Path) -> None:
    """Has the names in ``folder`` on the disk (where the system does not see to that by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
