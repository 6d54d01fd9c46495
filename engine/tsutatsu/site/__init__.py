"""Review pages: what a legal reviewer reads and signs, one self-contained page for each issue of a circular."""

from tsutatsu.site.assembling import review_of
from tsutatsu.site.nodes import Review
from tsutatsu.site.pages import index_of, page_of
from tsutatsu.site.placing import place

__all__ = ["Review", "index_of", "page_of", "place", "review_of"]
