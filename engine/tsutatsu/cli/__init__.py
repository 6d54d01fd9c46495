"""The command line, ``tsutatsu``: it reads, asks the rooms below, and shows; it decides nothing itself."""

from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Runs the command line of this process, and exits with its code."""
    from tsutatsu.cli.frame import tsutatsu

    tsutatsu.main()
