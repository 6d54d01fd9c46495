"""What a build of the wheel adds: the law itself, and a clear word where the rule engine cannot be compiled."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import sysconfig
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("policy", "workflows", "features", "templates")
"""Source folders that travel in the wheel, under `tsutatsu/_bundle/`."""

PROCEED = "TSUTATSU_WITHOUT_COMPILER"
"""Environment variable: when 1, build although no C compiler is found (see engine/decisions/003-c-compiler.md)."""

ADVICE = f"""
tsutatsu: {{missing}}

  規則エンジン durable-rules は C で書かれており、導入の際にコンパイルします。次のいずれかをしてください。
  The rule engine durable-rules is written in C and is compiled when installed. Do one of these:

  1. コンパイラーを入れて、もう一度導入する / install a compiler, then install again
       Debian, Ubuntu:  apt-get install gcc python3-dev
       Fedora, RHEL:    dnf install gcc python3-devel
       Alpine:          apk add gcc musl-dev python3-dev
       macOS:           xcode-select --install

  2. 規則エンジンなしで使う(compiled と semantics の二つが判断し、答えにその旨が載る)
     do without it (`compiled` and `semantics` decide together, and every answer says so)
       pip install click cryptography Jinja2 jsonschema 'pytest-bdd>=9' PyYAML rich SQLAlchemy transitions
       {PROCEED}=1 pip install --no-deps …

  ビルド済みの durable-rules が手元にあるときは {PROCEED}=1 を付けて続けられます。
  With a ready-built durable-rules at hand, set {PROCEED}=1 and go on.
"""


def what_is_missing(environ: Mapping[str, str], headers: Path) -> str | None:
    """The reason durable-rules cannot be compiled here, in Japanese and English; None when nothing stands in the way.

    Windows is left to setuptools, which finds its compiler by other means and says well what it lacks.
    """
    if sys.platform == "win32" or environ.get(PROCEED) == "1" or find_spec("durable_rules_engine") is not None:
        return None
    command = shlex.split(environ.get("CC") or str(sysconfig.get_config_var("CC") or "cc"))[0]
    if shutil.which(command, path=environ.get("PATH")) is None:
        return f"C コンパイラー「{command}」が見つかりません / no C compiler: {command!r} was not found"
    if not (headers / "Python.h").is_file():
        return f"Python のヘッダー「Python.h」が {headers} にありません / the header Python.h is not in {headers}"
    return None


class LawInTheWheel(BuildHookInterface[Any]):
    """Puts the law's folders into the wheel; an editable install reads them from the checkout and carries no copy."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Refuse early where durable-rules would fail later without saying what to do; then add the law."""
        missing = what_is_missing(os.environ, Path(sysconfig.get_path("include")))
        if missing is not None:
            raise SystemExit(ADVICE.format(missing=missing))
        if version == "editable":
            return
        for name in SHIPPED:
            folder = Path(self.root, name)
            if folder.is_dir():
                build_data["force_include"][str(folder)] = f"tsutatsu/_bundle/{name}"
