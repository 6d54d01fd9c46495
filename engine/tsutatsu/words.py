"""What people read, in the two languages the product speaks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Japanese, and English beside it (the Japanese stands in where no English is given)."""

    ja: str
    en: str = ""

    def say(self, lang: str) -> str:
        """The words in ``lang`` ("ja" or "en")."""
        return self.en if lang == "en" and self.en else self.ja
