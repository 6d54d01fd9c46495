"""The door of the room: every name it offers is there, and none is paid for before it is used."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tsutatsu import cases


def test_every_name_is_there() -> None:
    for name in cases.__all__:
        assert getattr(cases, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        _ = cases.nothing


def test_what_is_heavy_is_brought_in_on_use() -> None:
    said = "import sys, tsutatsu.cases; from tsutatsu.cases import decide, Ground; print(*sys.modules)"
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    run = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, env=env, check=True)
    assert not {"sqlalchemy", "cryptography", "psycopg"} & set(run.stdout.split())
