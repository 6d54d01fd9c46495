"""The start-up cache: what was stored comes back equal, and whatever cannot be relied on counts as nothing."""

import gc
import os
from dataclasses import replace
from pathlib import Path

import pytest
from specimen import DIRECTIVE

from tsutatsu.sealing import cache, cache_key, load_cached, store_cached

KEY = cache_key({"a.yaml": b"a"})
LAW = (DIRECTIVE, replace(DIRECTIVE, id="second"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TSUTATSU_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def entry(folder: Path) -> Path:
    (only,) = folder.iterdir()
    return only


def test_what_is_stored_is_loaded_equal():
    assert load_cached(KEY) is None
    assert store_cached(KEY, LAW)
    assert load_cached(KEY) == LAW
    assert gc.isenabled()


def test_every_file_and_its_name_count_in_the_key():
    keys = {
        cache_key(files)
        for files in (
            {"a": b"1"},
            {"a": b"2"},
            {"b": b"1"},
            {"a": b"1", "b": b""},
            {"a": b"1b", "": b""},
            {"a1": b""},
            {},
        )
    }
    assert len(keys) == 7
    assert cache_key({"a": b"1", "b": b"2"}) == cache_key({"b": b"2", "a": b"1"})


def test_the_engine_counts_in_the_key(monkeypatch: pytest.MonkeyPatch):
    before = cache_key({})
    monkeypatch.setattr("tsutatsu.sealing.cache.VERSION", "another")
    assert cache_key({}) != before


@pytest.mark.parametrize("damage", [b"", b"sha256:0\n{}", b"\0" * 1000], ids=["empty", "wrong digest", "zeros"])
def test_a_damaged_entry_is_ignored_and_rebuilt(folder: Path, damage: bytes):
    store_cached(KEY, LAW)
    entry(folder).write_bytes(damage)
    assert load_cached(KEY) is None
    assert store_cached(KEY, LAW)
    assert load_cached(KEY) == LAW


def test_an_entry_cut_short_or_changed_is_ignored(folder: Path):
    store_cached(KEY, LAW)
    whole = entry(folder).read_bytes()
    for damaged in (whole[:-1], whole.replace("課長".encode(), "署長".encode()), whole + b" "):
        entry(folder).write_bytes(damaged)
        assert load_cached(KEY) is None


@pytest.mark.parametrize(
    "body", [b"{}", b'{"format":1}', b'{"directives":[1],"format":1}', b'{"directives":1,"format":1}', b"[]"]
)
def test_an_entry_that_states_no_kernel_is_ignored(folder: Path, body: bytes):
    store_cached(KEY, LAW)
    entry(folder).write_bytes(cache.digest(body).encode() + b"\n" + body)
    assert load_cached(KEY) is None


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_an_entry_that_others_may_write_is_ignored(folder: Path):
    store_cached(KEY, LAW)
    entry(folder).chmod(0o666)
    assert load_cached(KEY) is None
    entry(folder).chmod(0o600)
    folder.chmod(0o777)
    assert load_cached(KEY) is None
    assert not store_cached(KEY, LAW)


@pytest.mark.skipif(os.name != "posix", reason="owners")
def test_an_entry_of_another_user_is_ignored(folder: Path, monkeypatch: pytest.MonkeyPatch):
    store_cached(KEY, LAW)
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    assert load_cached(KEY) is None


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_links_and_pipes_are_not_followed(folder: Path, tmp_path: Path):
    store_cached(KEY, LAW)
    place = entry(folder)
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    assert load_cached(KEY) is None
    place.unlink()
    os.mkfifo(place, 0o600)
    assert load_cached(KEY) is None


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "a" * 63])
def test_only_a_key_names_an_entry(folder: Path, key: str):
    assert not store_cached(key, LAW)
    assert load_cached(key) is None
    assert not folder.exists()


def test_where_nothing_can_be_written_there_is_no_cache(folder: Path, monkeypatch: pytest.MonkeyPatch):
    folder.write_text("a file stands where the folder should")
    assert not store_cached(KEY, LAW)
    assert load_cached(KEY) is None
    monkeypatch.setenv("TSUTATSU_CACHE", "off")
    assert not store_cached(KEY, LAW)
    assert load_cached(KEY) is None


def test_the_users_own_cache_folder_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("TSUTATSU_CACHE")
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path))
    assert store_cached(KEY, LAW)
    assert (tmp_path / "tsutatsu" / f"{KEY}.json").is_file()


def test_old_entries_give_way_to_new_ones(folder: Path):
    keys = [cache_key({"n": str(number).encode()}) for number in range(cache.KEPT + 3)]
    for age, key in enumerate(keys):
        assert store_cached(key, ())
        os.utime(folder / f"{key}.json", (age, age))
    store_cached(KEY, LAW)
    assert len(list(folder.iterdir())) == cache.KEPT
    assert load_cached(KEY) == LAW
    assert load_cached(keys[0]) is None
