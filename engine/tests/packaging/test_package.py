"""The package as its users receive it: one public door, typed, carrying the same law however it is installed."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import importlib.util
import os
import pkgutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

import tsutatsu
from tsutatsu.version import VERSION

SHIPPED = ("policy", "workflows", "features", "templates")
MAY_CALL_DEFAULT = ("cli", "http", "site", "gherkin")


@dataclass(frozen=True, slots=True)
class Built:
    """A built archive, and the same unpacked as an importable folder."""

    archive: Path
    folder: Path

    def names(self) -> list[str]:
        with zipfile.ZipFile(self.archive) as archive:
            return archive.namelist()


def built(checkout: Path, target: Path, how: str) -> Built:
    """The wheel (`build_wheel`) or editable wheel (`build_editable`) of the checkout, by the hooks that pip calls."""
    target.mkdir()
    code = f"import sys, hatchling.build as b; print(b.{how}(sys.argv[1]))"
    run = subprocess.run(
        [sys.executable, "-c", code, str(target)],
        cwd=checkout,
        env=os.environ | {"TSUTATSU_WITHOUT_COMPILER": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    archive = target / run.stdout.split()[-1]
    folder = target / "unpacked"
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    return Built(archive, folder)


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(checkout, tmp_path_factory.mktemp("standard") / "dist", "build_wheel")


@pytest.fixture(scope="module")
def editable(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(checkout, tmp_path_factory.mktemp("editable") / "dist", "build_editable")


@pytest.fixture(scope="module")
def hatch_build(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", checkout / "engine" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(code: str, path: Path, away: Path) -> list[str]:
    """What a fresh interpreter prints when `path` is where it finds tsutatsu and `away` is where it stands."""
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=away,
        env=os.environ | {"PYTHONPATH": str(path), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split("\n")[:-1]


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(tsutatsu.__path__, "tsutatsu."):
        if not found.name.endswith("__main__"):
            yield found.name


def sources(folder: Path) -> Iterator[Path]:
    """Our own modules: not those of environments that stand in hidden folders."""
    for path in folder.rglob("*.py"):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def test_the_public_door_is_sorted_and_has_about_ten_names() -> None:
    assert list(tsutatsu.__all__) == sorted(set(tsutatsu.__all__))
    assert 7 <= len(tsutatsu.__all__) <= 14
    for name in tsutatsu.__all__:
        assert getattr(tsutatsu, name).__doc__ or name == "__version__", f"{name} is public and says nothing"


def test_the_package_says_it_is_typed() -> None:
    assert files("tsutatsu").joinpath("py.typed").is_file()


def test_every_module_imports() -> None:
    names = list(modules())
    assert "tsutatsu.bundle" in names
    for name in names:
        importlib.import_module(name)


def test_the_wheel_carries_the_law_and_nothing_of_the_workshop(wheel: Built, checkout: Path) -> None:
    names = wheel.names()
    for folder in SHIPPED:
        theirs = {n.removeprefix("tsutatsu/_bundle/") for n in names if n.startswith(f"tsutatsu/_bundle/{folder}/")}
        ours = {
            path.relative_to(checkout).as_posix()
            for path in (checkout / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert theirs == ours
    assert any(n.startswith("tsutatsu/_bundle/policy/") and n.endswith(".yaml") for n in names)
    assert "tsutatsu/py.typed" in names
    assert not [n for n in names if not n.startswith(("tsutatsu/", "tsutatsu-"))]
    assert not [n for n in names if "tests/" in n or "bench/" in n or n.endswith(".pyc")]


def test_an_editable_install_carries_no_copy_of_the_law(editable: Built, checkout: Path) -> None:
    assert not [n for n in editable.names() if "_bundle" in n or n.startswith("tsutatsu/")]
    paths = [p.read_text(encoding="utf-8").strip() for p in editable.folder.glob("*.pth")]
    assert paths == [str(checkout / "engine")]


def test_the_law_has_the_same_digest_from_the_wheel_and_from_the_checkout(
    wheel: Built, checkout: Path, tmp_path: Path
) -> None:
    code = (
        "import tsutatsu; from tsutatsu.bundle import Bundle; print(tsutatsu.__file__); print(Bundle.default().digest)"
    )
    origin_wheel, digest_wheel = answer(code, wheel.folder, tmp_path)
    origin_checkout, digest_checkout = answer(code, checkout / "engine", tmp_path)
    assert Path(origin_wheel).is_relative_to(wheel.folder)
    assert Path(origin_checkout).is_relative_to(checkout / "engine")
    assert digest_wheel == digest_checkout
    assert len(digest_wheel) >= 32


def test_the_versions_agree(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert (checkout / project["tool"]["hatch"]["version"]["path"]).read_text(encoding="utf-8").count(VERSION) == 1
    assert tsutatsu.__version__ == VERSION == importlib.metadata.version("tsutatsu")


def test_nothing_imports_engine_as_a_package(checkout: Path) -> None:
    for path in sources(checkout / "engine"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Import(names=names):
                    roots = [name.name.partition(".")[0] for name in names]
                case ast.ImportFrom(module=str(module), level=0):
                    roots = [module.partition(".")[0]]
                case _:
                    continue
            assert "engine" not in roots, f"{path}:{node.lineno}"


def test_only_the_outer_rooms_reach_for_the_shipped_law(checkout: Path) -> None:
    package = checkout / "engine" / "tsutatsu"
    callers: set[str] = set()
    for path in sources(package):
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="Bundle"), attr="default")):
                    callers.add(path.relative_to(package).parts[0].removesuffix(".py"))
                case _:
                    pass
    assert "cli" in callers
    assert callers <= set(MAY_CALL_DEFAULT)


def test_without_a_compiler_the_build_names_the_packages_to_install(
    hatch_build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hatch_build, "find_spec", lambda _: None)
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / "Python.h").touch()
    missing = hatch_build.what_is_missing({"CC": str(tmp_path / "cc"), "PATH": ""}, tmp_path)
    assert str(tmp_path / "cc") in missing
    advice = hatch_build.ADVICE.format(missing=missing)
    assert "apt-get install gcc python3-dev" in advice
    assert "規則エンジン" in advice


def test_without_the_headers_the_build_says_so(
    hatch_build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hatch_build, "find_spec", lambda _: None)
    monkeypatch.setattr(sys, "platform", "linux")
    environ = {"CC": sys.executable, "PATH": ""}
    assert "Python.h" in hatch_build.what_is_missing(environ, tmp_path)
    (tmp_path / "Python.h").touch()
    assert hatch_build.what_is_missing(environ, tmp_path) is None


def test_whoever_goes_on_without_a_compiler_is_not_stopped(
    hatch_build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hatch_build, "find_spec", lambda _: None)
    environ = {"CC": "/nowhere/cc", "PATH": "", "TSUTATSU_WITHOUT_COMPILER": "1"}
    assert hatch_build.what_is_missing(environ, tmp_path) is None


def test_the_advice_names_every_runtime_dependency_that_needs_no_compiler(
    hatch_build: ModuleType, checkout: Path
) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"]:
        if requirement.startswith("durable-rules") or ";" in requirement:
            continue
        name = requirement.partition(">=")[0]
        assert name in hatch_build.ADVICE
        assert name in (checkout / "engine" / "decisions" / "003-c-compiler.md").read_text(encoding="utf-8")
