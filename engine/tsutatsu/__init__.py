"""Tsutatsu (通達): administrative circulars as executable policy."""

__version__ = "0.1.0"
__all__ = ["__version__"]
