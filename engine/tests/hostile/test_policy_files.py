"""Policy folders made to exhaust or to mislead: each is refused by name, within bounds."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tsutatsu.bundle import encode_files, read_bundle
from tsutatsu.passes.gather import File, gather_files
from tsutatsu.sealing import read_sealed, seal

SAMPLE = Path(__file__).parents[1] / "language" / "sample"
BASE = "policy/sample/2025-01-10"
CHAINED = "当たる: {承認者の職: 課長}"


def found(name: str, change: Callable[[str], str]) -> list[str]:
    """The codes found when one file of the sample law is changed."""
    files = tuple(
        File(file.path, change(file.data.decode()).encode()) if file.path == f"{BASE}/{name}.yaml" else file
        for file in gather_files(SAMPLE).files
    )
    return [one.code for one in encode_files(files).findings]


def concepts(order: range, condition: str) -> Callable[[str], str]:
    """The vocabulary with a chain of concepts, each written in terms of the one before it, declared in ``order``."""
    last = len(order) - 1

    def change(text: str) -> str:
        rows = "".join(
            f"  段{n}:\n    条項: 第1\n    {CHAINED if n == 0 else condition.format(f'段{n - 1}')}\n" for n in order
        )
        first = text.replace(CHAINED, f"当たる: {{段{last}: true}}")
        return first.replace("\n語:\n", f"\n語:\n{rows}")

    return change


@pytest.mark.parametrize("order", [range(200), range(199, -1, -1)], ids=["upwards", "downwards"])
def test_a_chain_too_deep_is_found_in_whatever_order_it_is_declared(order: range) -> None:
    assert found("vocabulary", concepts(order, "当たる: {{{0}: true}}")) == ["TS251"]


def test_concepts_that_double_at_every_step_are_found_before_anything_judges_by_them() -> None:
    twice = "当たる: {{いずれか: [{{{0}: true}}, {{代行命令: true, {0}: true}}]}}"
    assert found("vocabulary", concepts(range(8), twice)) == []
    assert found("vocabulary", concepts(range(30), twice)) == ["TS252"]


@pytest.mark.parametrize(
    "options",
    [
        "{day: {和: 昼間, 英: hours}, night: {和: 夜間, 英: hours}}",
        "{day: {和: 昼間, 英: 夜間}, night: {和: 夜間, 英: 昼間}}",
        "{day: {和: 昼間, 英: night}, night: 夜間}",
        "{day: 昼間, night: 夜間, x: その他}, 他: true",
    ],
)
def test_no_name_stands_for_two_options(options: str) -> None:
    assert "TS212" in found("vocabulary", lambda text: text.replace("{day: 昼間, night: 夜間}", options))


def test_a_post_that_shares_its_name_is_found_where_it_is_used() -> None:
    files = gather_files(SAMPLE).files
    posts = File(
        "policy/common/posts.yaml", "職一覧:\n  chief: {和: 課長, 英: a}\n  clerk: {和: 係長, 英: a}\n".encode()
    )
    mixed = tuple(posts if file.path == posts.path else file for file in files)
    assert "TS212" in [one.code for one in encode_files(mixed).findings]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("judgements", "id: round", 'id: "a/b"'),
        ("judgements", "id: round", 'id: "a\\nb"'),
        ("judgements", "名: 夜の見回り", '名: "夜の\\n○ 許可"'),
        ("readings", "id: 存続", 'id: "存=続"'),
        ("vocabulary", "名: 報告日", '名: "報告\\n日"'),
    ],
)
def test_a_name_that_breaks_a_line_or_an_address_is_found(name: str, old: str, new: str) -> None:
    everywhere = {
        "readings": ("directive", "存続/甲", "存=続/甲"),
        "vocabulary": ("norms/all", "果たした時: 報告日", '果たした時: "報告\\n日"'),
    }
    changed = {f"{BASE}/{name}.yaml": (old, new)}
    if name in everywhere:
        other, before, after = everywhere[name]
        changed[f"{BASE}/{other}.yaml"] = (before, after)
    files = tuple(
        File(file.path, file.data.decode().replace(*changed[file.path]).encode()) if file.path in changed else file
        for file in gather_files(SAMPLE).files
    )
    assert {one.code for one in encode_files(files).findings} == {"TS261"}


@pytest.mark.skipif(os.name != "posix", reason="pipes and links are made as POSIX has them")
def test_pipes_and_links_out_of_the_folder_are_found_and_never_opened(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    norms = tmp_path / BASE / "norms"
    os.mkfifo(norms / "pipe.yaml")
    (norms / "link.yaml").symlink_to("/etc/hostname")
    assert [(one.code, Path(one.where.file).name) for one in read_bundle(tmp_path).findings] == [
        ("TS317", "link.yaml"),
        ("TS317", "pipe.yaml"),
    ]


def _without_concepts(kernel: Any) -> None:
    del kernel["concepts"][:]


def _without_terms(kernel: Any) -> None:
    del kernel["terms"][:]


def _round_and_round(kernel: Any) -> None:
    kernel["concepts"][0]["yes"] = {"node": "Is", "concept": kernel["concepts"][0]["id"]}


@pytest.mark.parametrize("spoil", [_without_concepts, _without_terms, _round_and_round])
def test_a_seal_whose_digest_is_right_but_whose_law_is_not_whole_is_refused(
    tmp_path: Path, spoil: Callable[[Any], None]
) -> None:
    bundle = read_bundle(SAMPLE).bundle
    assert bundle is not None
    file = seal(bundle.encodings[0], tmp_path)
    assert read_sealed(tmp_path).findings == ()
    document = json.loads(file.read_bytes())
    spoil(document["directive"])
    del document["digest"]
    digest = hashlib.sha256(_canonical(document)).hexdigest()
    file.chmod(0o644)
    file.write_bytes(_canonical({**document, "digest": f"sha256:{digest}"}) + b"\n")
    assert [one.code for one in read_sealed(tmp_path).findings] == ["TS612"]


def _canonical(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
