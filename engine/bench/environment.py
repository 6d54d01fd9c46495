"""The peers' own environment: made on demand beside this file, and made again when the list of peers changes."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
ENGINE: Final = HERE.parent
PEERS: Final = HERE / "peers.txt"
FOLDER: Final = HERE / ".venv-peers"


def clean(**more: str) -> dict[str, str]:
    """What a measured process sees of our surroundings: our package on its path, byte code kept."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONDEVMODE", "PYTHONWARNINGS", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join((str(ENGINE), str(HERE))),
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        **more,
    }


def peers_python() -> Path:
    """The interpreter that has the peers, made with the Python that runs this."""
    python = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark, wanted = FOLDER / "peers.txt", PEERS.read_text(encoding="utf-8")
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return python
    print("making the peers' environment (once) …", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER)], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", str(PEERS)], check=True)
    mark.write_text(wanted, encoding="utf-8")
    return python
