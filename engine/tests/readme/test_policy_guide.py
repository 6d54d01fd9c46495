"""The guide to writing a policy: its example, put together from the page, checks clean and passes its scenarios."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

FILE = re.compile(r"^<!-- file: (\S+) -->\n```[a-z]+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", ["policy.md", "policy.ja.md"])
def test_the_example_of_the_guide_is_a_law_that_works(page: str, checkout: Path, tmp_path: Path) -> None:
    files = FILE.findall((checkout / "engine/docs" / page).read_text(encoding="utf-8"))
    assert len(files) == 10
    for name, text in files:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for command in ("check", "test"):
        done = subprocess.run(
            [str(Path(sys.executable).parent / "tsutatsu"), command, str(tmp_path)],
            env=os.environ | {"TSUTATSU_LANG": "ja"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "6 passed" in done.stdout
    assert "警告" not in done.stdout
