"""Judgements of any size: norms over twenty facts, drawn once, written in our YAML and as expressions of a peer."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

SEED: Final = 12
CHOICES: Final = ("a", "b", "c", "d")
KINDS: Final = 10
FLAGS: Final = 10
DRAWN: Final = 4_000
"""Enough that few answers to a large judgement are alike: what was met before is kept, here as elsewhere."""


@dataclass(frozen=True, slots=True)
class GrownNorm:
    """A ban: broken where a choice is one of two values and, for most, a flag is as it says."""

    id: str
    kind: int
    values: tuple[str, str]
    flag: int | None
    wanted: bool

    @property
    def zen(self) -> str:
        """The breach as a ZEN expression."""
        text = f"kind_{self.kind} in ['{self.values[0]}', '{self.values[1]}']"
        return text if self.flag is None else f"{text} and flag_{self.flag} == {str(self.wanted).lower()}"

    @property
    def ours(self) -> str:
        """The norm in our YAML."""
        act = f"種別{self.kind}: [{', '.join(self.values)}]"
        flag = "" if self.flag is None else f", 有無{self.flag}: {str(self.wanted).lower()}"
        return (
            f"  - id: {self.id}\n    条項: 第{int(self.id[1:]) + 2}\n    力: 禁止\n    名宛: 職員\n"
            f"    行為: {{{act}{flag}}}\n"
            f"    要約: {{和: 規範{self.id}は、してはならない。, 英: Norm {self.id} forbids it.}}\n"
        )

    def broken(self, facts: dict[str, object]) -> bool:
        """The breach, by hand."""
        return facts[f"kind_{self.kind}"] in self.values and (
            self.flag is None or facts[f"flag_{self.flag}"] is self.wanted
        )


@cache
def norms_of(size: int) -> tuple[GrownNorm, ...]:
    """The first ``size`` norms; a larger judgement holds all of a smaller one."""
    rng = Random(SEED)
    found = []
    for number in range(size):
        first, second = rng.sample(CHOICES, 2)
        flag = rng.randrange(FLAGS) if rng.random() < 0.8 else None
        found.append(GrownNorm(f"n{number}", rng.randrange(KINDS), (first, second), flag, rng.random() < 0.5))
    return tuple(found)


@cache
def drawn(size: int, count: int = DRAWN) -> list[dict[str, object]]:
    """Random facts: of the twenty, those that ``size`` norms look at, every one known."""
    rng = Random(SEED + 1)
    seen = {f"kind_{norm.kind}" for norm in norms_of(size)} | {f"flag_{norm.flag}" for norm in norms_of(size)}
    facts = [
        {
            **{f"kind_{at}": rng.choice(CHOICES) for at in range(KINDS)},
            **{f"flag_{at}": rng.random() < 0.5 for at in range(FLAGS)},
        }
        for _ in range(count)
    ]
    return [{term: value for term, value in one.items() if term in seen} for one in facts]


def broken_by_hand(size: int, facts: dict[str, object]) -> list[str]:
    """The norms broken, in their order."""
    return [norm.id for norm in norms_of(size) if norm.broken(facts)]


def write_law(root: Path, size: int, directive: str = "grown") -> None:
    """A law folder with one judgement of ``size`` norms."""
    folder = root / "policy" / directive / "2025-04-01"
    (folder / "norms").mkdir(parents=True)
    (folder / "directive.yaml").write_text(
        f"通達: 計測用の要領 {directive}\n英: Guidelines {directive} (benchmark)\n"
        "発出: {日: 令和7年4月1日, 者: 架空県警察本部長, 番号: 架地発第" + str(size) + "号}\n"
        "宛先: [各所属長]\n適用範囲: {組織の種別: [架空県警察]}\n有効期間: {種別: 一種, まで: 令和12年3月31日}\n"
        "原議保存期間: {年: 5, まで: 令和13年3月31日}\n符号化: {改訂: 1, 日: 2025-04-01, 内容: 初版}\n",
        encoding="utf-8",
    )
    options = ", ".join(f"{one}: {{和: {one}, 英: option {one}}}" for one in CHOICES)
    terms = [
        f"  kind_{at}:\n    名: 種別{at}\n    英: kind {at}\n    型: {{選択: {{{options}}}}}\n"
        f"    問: {{和: 種別{at}は何か。, 英: What is kind {at}?}}\n    答える人: 職員\n"
        for at in range(KINDS)
    ]
    terms += [
        f"  flag_{at}:\n    名: 有無{at}\n    英: flag {at}\n    型: 真偽\n"
        f"    問: {{和: 有無{at}か。, 英: Is flag {at} so?}}\n    答える人: 職員\n"
        for at in range(FLAGS)
    ]
    (folder / "vocabulary.yaml").write_text("用語:\n" + "".join(terms), encoding="utf-8")
    ids = ", ".join(norm.id for norm in norms_of(size))
    (folder / "judgements.yaml").write_text(
        f"判断:\n  - {{id: grown, 名: 計測 {directive}, 英: benchmark {directive}, 規範: [{ids}]}}\n", encoding="utf-8"
    )
    (folder / "norms" / "all.yaml").write_text(
        "規範:\n" + "".join(norm.ours for norm in norms_of(size)), encoding="utf-8"
    )
