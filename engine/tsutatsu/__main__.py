"""``python -m tsutatsu`` is the command line."""

from tsutatsu.cli import main

if __name__ == "__main__":
    main()
