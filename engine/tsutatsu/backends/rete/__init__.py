"""The rule engine: forward chaining from asserted atoms, through definitions, to norms.

The way through the room: ``atoms`` asks the meaning what single tests come to; ``logic`` holds what is built of them;
``lowering`` turns the kernel into it, in the order that ``references`` gives; ``chaining`` gives a large part a slot of
its own; ``rules`` spreads all into conjunctions, in stages; ``shards`` runs those on durable-rules, the one safe way.
"""

from tsutatsu.backends.rete.engine import Rete, available

__all__ = ["Rete", "available"]
