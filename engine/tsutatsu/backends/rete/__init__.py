"""The rule engine: forward chaining from asserted atoms, through definitions, to norms.

The way through the room: ``atoms`` asks the meaning what single tests come to; ``logic`` holds what is built of them;
``lowering`` turns the kernel into it (``references``: in what order); ``chaining`` gives what is large a place of its own;
``rules`` spreads all into plain conjunctions, in stages; ``shards`` runs those on durable-rules, in the only safe way found.
"""

from tsutatsu.backends.rete.engine import Rete, available

__all__ = ["Rete", "available"]
