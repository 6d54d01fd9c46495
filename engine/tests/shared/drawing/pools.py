"""The values and names that draws are made from: plain ones, boundaries, and hostile ones."""

from datetime import date, datetime, time, timedelta

COLLIDING = ("role", "dmhx84e")
"""Two names with one 32-bit FNV-1a hash, which durable-rules takes for the same field."""

IDS = (
    *COLLIDING, "sid", "id", "$s", "$m", "$and", "$or", "a.b", "0", "1", "t0", "u0", "a0", "真", "時間帯", "", " ",
    'quo"te', "it's", "back\\slash", "new\nline", "nul\0byte", "{brace}", "%s", "__class__", "None", "True", "facts",
    "sides", "lambda", "import os", "\N{ROCKET}", "か\u3099", "が",
)  # fmt: skip
"""Ids no sane writer would choose, and which must change nothing."""

TEXTS = (
    "", "0", "1", "true", "True", "null", "None", "None,", "admin", "ADMIN", "ｱ", "ア", "が", "か\u3099", '"', "'",
    "\\", "\0", "\n", "{}", "a" * 70_000, "1e400", "\u202e", "山田太郎", *COLLIDING,
)  # fmt: skip

WHOLES = (0, 1, -1, 2, 3, 7, 2**31 - 1, 2**31, 2**53, 2**53 + 1, -(2**63), 2**63, 10**15, -(10**15))
LENGTHS = (0, 1, 2, 30, 59, 60, 61, 1440)

DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2023-12-31", "2024-01-01", "2024-01-31", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-31", "2024-04-01",
        "2024-12-31", "2025-01-10", "2025-02-28", "2025-03-31", "2025-04-01", "2025-04-09",
    )
)  # fmt: skip
HOURS = (
    time(0, 0), time(0, 0, 0, 1), time(8, 29, 59, 999_999), time(8, 30), time(8, 31), time(12, 0), time(17, 14),
    time(17, 15), time(17, 15, 0, 1), time(23, 59, 59, 999_999),
)  # fmt: skip
MOMENTS = tuple(datetime.combine(day, hour) for day in DAYS[3:7] for hour in (HOURS[0], HOURS[3], HOURS[7], HOURS[9]))

ONE_DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
