"""Workflows as drawings, told from the kernel alone: equal workflows, equal drawings, byte for byte."""

from tsutatsu.backends.diagram.mermaid import mermaid
from tsutatsu.backends.diagram.svg import svg

__all__ = ["mermaid", "svg"]
