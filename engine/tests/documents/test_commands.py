"""The commands on documents, as a user calls them, and the documents of a case as evidence."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from calling import call
from click.testing import Result
from papers import CLERK, LAW, MANAGER, done, liaison, new_store, requested

from tsutatsu.cases import Actor, Grounds, Store
from tsutatsu.cases.audit.keys import new_key, read_signer
from tsutatsu.cli.commands.init import starter

Run = Callable[..., Result]
FORM = "映像ファイル提供依頼書"
LETTER = "不提供の通知"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls the command line beside a store with two requests: P1 handed in, P2 refused for want of an outline."""
    for name in ("TSUTATSU_LANG", "TSUTATSU_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TSUTATSU_DB", "cases.sqlite")
    monkeypatch.setenv("TSUTATSU_KEY", "keys/audit.pub")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "keys").mkdir()
    with new_store(tmp_path / "cases.sqlite", new_key(tmp_path / "keys" / "audit")) as store:
        requested(store, "P1")
        requested(store, "P2", {"事案概要の記載": False})
        done(store.do("P2", "refuse", MANAGER, {}, datetime(2025, 8, 2, 10, 0)))
        store.start("anzen-network/liaison", CLERK, datetime(2025, 8, 1, 9, 0), name="L1")
        liaison(store, "L2", Actor("ito", "伊藤 四郎"))
    return call


def only_the_law(folder: str, names: list[str]) -> set[str]:
    """What of a checkout is no law."""
    return {*names} - {"policy", "workflows", "templates"} if Path(folder) == LAW.root else set()


def data(result: Result) -> dict:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(result: Result, code: str, exit_code: int) -> None:
    assert result.exit_code == exit_code and code in result.stderr, result.output


def test_list_says_what_can_be_made_and_what_makes_it(run: Run) -> None:
    told = run("document", "list")
    for word in (FORM, "提供の一件: 提出する", "outline", LETTER, "連絡員一覧表", "名簿"):
        assert word in told.stdout
    assert "footage request form" in run("document", "list", "--lang", "en").stdout
    (form,) = (one for one in data(run("document", "list", "--json")) if one["id"] == "request-form")
    assert {"submit", "resubmit"} <= {one["event"] for one in form["made_by"]}
    purposes = next(one for one in form["boxes"] if one["id"] == "purpose")
    assert [one["provision"] for one in purposes["ticks"]] == [f"要領案/第7/2/(1)/{item}" for item in "アイウ"]


def test_blank_writes_a_page_to_the_screen_or_to_a_file(run: Run, tmp_path: Path) -> None:
    page = run("document", "blank", FORM).stdout
    assert page.startswith("<!DOCTYPE html>") and "受理所属記載欄" in page
    found = data(run("document", "blank", "request-form", "--out", "a.html", "--json"))
    content = (tmp_path / "a.html").read_bytes()
    assert found["sha256"] == hashlib.sha256(content).hexdigest() and content.decode() == page
    assert (found["case"], found["media"], found["name"]["en"]) == (None, "text/html", "footage request form")
    assert data(run("document", "blank", FORM, "--json"))["html"] == page


def test_make_fills_in_what_is_recorded_and_what_is_supplied(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fill.yaml").write_text("outline: 路上の口論\nrequester-phone: 1234\n", encoding="utf-8")
    result = run("document", "make", FORM, "--case", "P1", "--fill", "fill.yaml", "--set", "officer-name=髙﨑=𠮷郎")
    for word in ("令和7年8月1日", "路上の口論", "1234", "髙﨑=𠮷郎", "山田 太郎", "事案 P1 の記録2"):
        assert word in result.stdout, result.output
    found = data(run("document", "make", FORM, "--case", "P1", "--set", f"remarks={'長' * 500}", "--json"))
    assert (found["entry"], found["as_of"], found["further_sheets"]) == (2, 2, 1)
    assert (
        "1 further sheet"
        in run(
            "document",
            "make",
            FORM,
            "--case",
            "P1",
            "--set",
            f"remarks={'長' * 500}",
            "--out",
            "b.html",
            "--lang",
            "en",
        ).stdout
    )
    letter = run("document", "make", LETTER, "--case", "P2").stdout
    for word in ("佐藤 花子", "要領案第7の2(3)", "事案概要の記載: いいえ", "事案概要の記載を「はい」にする"):
        assert word in letter


def test_a_pdf_is_written_where_it_can_be(run: Run, tmp_path: Path) -> None:
    result = run("document", "make", FORM, "--case", "P1", "--out", "a.pdf")
    if result.exit_code == 1 and ("TS912" in result.stderr or "TS913" in result.stderr):
        pytest.skip("needs WeasyPrint, Pango and a Japanese font")
    assert result.exit_code == 0 and (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    wrong = run("document", "make", FORM, "--case", "P1", "--set", "officer-name=山田\U0001f47b", "--out", "b.pdf")
    refused(wrong, "TS914", 1)
    assert "氏名" in wrong.stderr and "U+1F47B" in wrong.stderr and not (tmp_path / "b.pdf").exists()
    assert run("document", "make", FORM, "--case", "P1", "--set", "officer-name=\U0001f47b").exit_code == 0


def test_a_roster_has_a_line_for_each_case_of_the_store_that_is_on_it(run: Run) -> None:
    page = run("document", "make", "連絡員一覧表").stdout
    assert "1件" in page and "<td>L2</td>" in page and "伊藤 四郎" in page and "<td>L1</td>" not in page
    assert data(run("document", "make", "連絡員一覧表", "--json"))["rows"] == 1
    assert data(run("document", "make", "連絡員一覧表", "--case", "L2", "--json"))["rows"] == 1
    refused(run("document", "make", "連絡員一覧表", "--case", "L1"), "TS918", 1)
    refused(run("document", "make", "連絡員一覧表", "--case", "L2", "--set", "name=x"), "TS624", 2)


@pytest.mark.parametrize(
    ("args", "code", "exit_code"),
    [
        (("document", "blank", "提供依頼"), "TS901", 2),
        (("document", "make", FORM), "TS622", 2),
        (("document", "make", "連絡員一覧表", "--set", "name=x"), "TS624", 2),
        (("document", "make", "連絡員一覧表", "--entry", "1"), "TS624", 2),
        (("document", "make", FORM, "--case", "P9"), "TS843", 2),
        (("document", "make", FORM, "--case", "P1", "--entry", "9"), "TS918", 1),
        (("document", "make", LETTER, "--case", "P1"), "TS918", 1),
        (("document", "make", FORM, "--case", "P1", "--set", "outline"), "TS632", 2),
        (("document", "make", FORM, "--case", "P1", "--set", "outline=a", "--set", "outline=b"), "TS633", 2),
        (("document", "make", FORM, "--case", "P1", "--set", "outlin=a"), "TS916", 1),
        (("document", "make", FORM, "--case", "P2", "--set", "outline=a"), "TS917", 1),
        (("document", "make", FORM, "--case", "P1", "--set", "outline=" + "あ" * 10_001), "TS915", 1),
        (("document", "make", FORM, "--case", "P1", "--fill", "none.yaml"), "TS627", 2),
        (("document", "make", FORM, "--case", "P1", "--db", "none.sqlite"), "TS855", 2),
        (("document", "blank", FORM, "--out", "a.docx"), "TS623", 2),
        (("document", "blank", FORM, "--out", "no/such/a.html"), "TS635", 2),
        (("document", "check", "--text", "nowhere"), "TS627", 2),
        (("document", "blank", FORM, "nowhere"), "TS626", 2),
        (("document", "burn"), "TS620", 2),
    ],
)
def test_what_cannot_be_done_says_so(args: tuple[str, ...], code: str, exit_code: int, run: Run) -> None:
    refused(run(*args), code, exit_code)


def test_a_refusal_is_told_to_programs_in_both_languages(run: Run) -> None:
    wrong = run("document", "make", FORM, "--case", "P2", "--set", "outline=a", "--json")
    (one,) = json.loads(wrong.stdout)["findings"]
    assert wrong.exit_code == 1 and one["code"] == "TS917"
    assert one["message"]["ja"] != one["message"]["en"]


def test_words_in_a_file_that_are_no_words_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "fill.json").write_text('{"outline": [1, 2]}', encoding="utf-8")
    refused(run("document", "make", FORM, "--case", "P1", "--fill", "fill.json"), "TS623", 2)


def test_check_says_what_it_held_against_what(run: Run, circulars: Path) -> None:
    assert "5 circulars" in run("document", "check", "--lang", "en").stdout
    found = data(run("document", "check", "--text", str(circulars), "--json"))
    assert found["clean"] and found["issues"] == found["issues_with_text"] == 5 and found["documents"] >= 30


def test_a_circular_of_ones_own_needs_a_few_lines_and_no_program(run: Run, tmp_path: Path) -> None:
    for name, content in starter().items():
        place = tmp_path / "mine" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    forms = tmp_path / "mine" / "templates" / "forms" / "bicycle-lending" / "2026-04-01"
    forms.mkdir(parents=True)
    (forms / "lending.yaml").write_text(
        "文書:\n  - id: lending\n    名: 貸出簿\n    条項: 第2/1\n    書式: 様式\n    欄:\n"
        "      - {id: purpose, 名: 使用の目的, 条項: 第2/1, 値: 使用の目的}\n",
        encoding="utf-8",
    )
    assert run("document", "check", "mine").exit_code == 0
    assert "貸出簿" in run("document", "blank", "lending", "mine").stdout
    assert run("check", "mine").exit_code == 0
    (forms / "lending.yaml").write_text(
        "文書:\n  - {id: lending, 名: 貸出簿, 条項: 第2/1, 書式: 用紙}\n", encoding="utf-8"
    )
    for args in (("document", "check", "mine"), ("check", "mine")):
        wrong = run(*args)
        assert wrong.exit_code == 1 and "TS210" in wrong.output and "lending.yaml:2" in wrong.output
    refused(run("document", "blank", "lending", "mine"), "TS210", 1)


def test_doctor_says_whether_pdfs_can_be_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def no(name: str) -> object:
        raise ImportError("No module named 'weasyprint'")

    monkeypatch.setattr("tsutatsu.documents.pdf.import_module", no)
    (part,) = (one for one in data(run("doctor", "--json"))["parts"] if one["part"] == "PDF")
    assert part["state"] == "without" and "apt-get install" in part["words"]["en"]


# ── evidence ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_evidence_carries_the_documents_and_they_are_made_again(run: Run, tmp_path: Path) -> None:
    assert run("audit", "prove", "P2", "p.json").exit_code == 0
    kept = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))["documents"]
    assert [(one["document"].rpartition("/")[2], one["number"]) for one in kept] == [
        ("request-form", 2),
        ("refusal-to-provide", 3),
    ]
    assert "不提供の通知" in kept[1]["html"]
    (tmp_path / "cases.sqlite").unlink()
    found = data(run("audit", "verify", "p.json", "--json"))
    assert found["whole"] and found["documents"] == {"made_again": 2, "not_compared": 0}


@pytest.mark.parametrize("also", ["nothing", "digest"])
def test_a_document_changed_in_evidence_is_named(also: str, run: Run, tmp_path: Path) -> None:
    run("audit", "prove", "P2", "p.json")
    whole = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    one = whole["documents"][1]
    one["html"] = one["html"].replace("提供しない", "提供する")
    if also == "digest":
        one["digest"] = "sha256:" + hashlib.sha256(one["html"].encode()).hexdigest()
    (tmp_path / "f.json").write_text(json.dumps(whole), encoding="utf-8")
    wrong = run("audit", "verify", "f.json")
    assert wrong.exit_code == 1 and "TS919" in wrong.stderr and "P2/3" in wrong.stderr and "P2/2" not in wrong.stderr


def test_a_document_of_an_entry_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    run("audit", "prove", "P2", "p.json")
    whole = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    whole["documents"][0]["number"] = 9
    (tmp_path / "f.json").write_text(json.dumps(whole), encoding="utf-8")
    refused(run("audit", "verify", "f.json"), "TS919", 1)


def test_documents_by_other_forms_are_counted_as_not_compared(run: Run, tmp_path: Path) -> None:
    run("audit", "prove", "P2", "p.json")
    whole = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    for one in whole["documents"]:
        one["template"] = "sha256:" + "0" * 64
    (tmp_path / "f.json").write_text(json.dumps(whole), encoding="utf-8")
    found = data(run("audit", "verify", "f.json", "--json"))
    assert found["whole"] and found["documents"] == {"made_again": 0, "not_compared": 2}


def test_a_document_that_cannot_be_made_does_not_keep_evidence_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tsutatsu.documents.filling.MOST", 3)
    result = run("audit", "prove", "P2", "p.json")
    assert result.exit_code == 0 and "入らない文書: 映像ファイル提供依頼書、不提供の通知" in result.stdout
    assert json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))["documents"] == []


def test_the_keywords_of_documents_can_be_written_in_english(run: Run, tmp_path: Path) -> None:
    shutil.copytree(LAW.root, tmp_path / "law", ignore=only_the_law)
    form = tmp_path / "law" / "templates/forms/wearable-camera/2025-07-24/request-form.yaml"
    before = form.read_bytes()
    assert run("fmt", "law", "--keywords", "en").exit_code == 0
    assert b"stated_by" in form.read_bytes() and b"person_unit" in form.read_bytes()
    assert run("document", "check", "law").exit_code == 0
    assert run("fmt", "law", "--keywords", "ja").exit_code == 0 and form.read_bytes() == before


def test_evidence_taken_after_an_erasure_has_no_documents_and_still_verifies(run: Run, tmp_path: Path) -> None:
    run("audit", "prove", "P2", "before.json")
    with Store.open(tmp_path / "cases.sqlite", Grounds(LAW, LAW.workflows), read_signer(Path("keys/audit"))) as store:
        store.erase("P2", MANAGER, datetime(2025, 8, 5, 9, 0), reason="満了")
    assert run("audit", "prove", "P2", "after.json").exit_code == 0
    assert json.loads((tmp_path / "after.json").read_text(encoding="utf-8"))["documents"] == []
    assert data(run("audit", "verify", "after.json", "--json"))["documents"] is None
    assert data(run("audit", "verify", "before.json", "--json"))["documents"]["made_again"] == 2
