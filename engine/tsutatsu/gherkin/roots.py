"""Where the law of a feature file stands. Light, for pytest imports it everywhere."""

from pathlib import Path


def law_root(path: Path) -> Path | None:
    """The nearest folder that has ``path`` beneath its ``features``, and a directive beneath its ``policy``."""
    here = path.resolve()
    for folder in here.parents:
        if folder.name == "features" and has_policy(folder.parent):
            return folder.parent
    return None


def has_policy(root: Path) -> bool:
    """Whether ``root`` holds at least one directive."""
    policy = root / "policy"
    return policy.is_dir() and next(policy.glob("*/*/directive.yaml"), None) is not None
