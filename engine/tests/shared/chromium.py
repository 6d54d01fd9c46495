"""A headless Chromium, spoken to over two pipes: what a page looks like, measures and prints."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
PATIENCE: Final = 60
"""Seconds of silence after which the browser is taken to be stuck."""


def chromium() -> str | None:
    """Where Chromium is on this machine, if it is."""
    return next((found for name in NAMES if (found := shutil.which(name)) is not None), None)


class Browser:
    """One tab of a running Chromium."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._kept = b""
        self._number = 0
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._call("Page.enable")
        self._call("Network.enable")
        self.asked: list[str] = []
        """Every address the page asked for."""

    def open(self, page: Path, width: int, height: int = 900, *, touch: bool = False) -> None:
        """Opens a file as a screen of that width shows it."""
        self._call("Page.navigate", url="about:blank")
        self._until("Page.loadEventFired")
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=touch)
        self.asked.clear()
        self._call("Page.navigate", url=page.as_uri())
        self._until("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """What a script says of the page."""
        said = self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in said, said["exceptionDetails"]
        return said["result"].get("value")

    def picture(self, place: Path, *, whole: bool = False) -> None:
        """Keeps what is seen, or the whole page, as a PNG."""
        said = self._call("Page.captureScreenshot", captureBeyondViewport=whole)
        place.write_bytes(b64decode(said["data"]))

    def as_paper(self) -> None:
        """Shows the page from here on as it is printed."""
        self._call("Emulation.setEmulatedMedia", media="print")

    def as_dark(self) -> None:
        """Shows the page from here on as to a reader who asked for a dark screen."""
        self._call(
            "Emulation.setEmulatedMedia", media="", features=[{"name": "prefers-color-scheme", "value": "dark"}]
        )  # fmt: skip

    def as_screen(self) -> None:
        """Shows the page from here on as a screen does."""
        self._call("Emulation.setEmulatedMedia", media="", features=[])

    def printed(self, place: Path) -> None:
        """Prints the page into a PDF, on the paper that its style asks for."""
        said = self._call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        place.write_bytes(b64decode(said["data"]))

    def _call(self, method: str, **values: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": values}
        if hasattr(self, "_session"):
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            said = self._next()
            if said.get("id") == self._number:
                assert "error" not in said, f"{method}: {said['error']}"
                return said["result"]
            self._note(said)

    def _until(self, event: str) -> None:
        while True:
            said = self._next()
            self._note(said)
            if said.get("method") == event:
                return

    def _note(self, said: dict[str, Any]) -> None:
        if said.get("method") == "Network.requestWillBeSent":
            self.asked.append(said["params"]["request"]["url"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._kept:
            ready, _, _ = select.select([self._answers], [], [], PATIENCE)
            assert ready, "Chromium says nothing"
            more = os.read(self._answers, 1 << 20)
            assert more, "Chromium is gone"
            self._kept += more
        one, _, self._kept = self._kept.partition(b"\0")
        return json.loads(one)


@contextmanager
def browsing(program: str) -> Iterator[Browser]:
    """A browser with nothing remembered, gone when this is left."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        hear_in, say_in = os.pipe()
        hear_out, say_out = os.pipe()

        def place_pipes() -> None:
            commands, answers = os.dup(hear_in), os.dup(say_out)
            os.dup2(commands, 3)
            os.dup2(answers, 4)

        flags = (
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={profile}", "--lang=ja",
        )  # fmt: skip
        running = subprocess.Popen(
            [program, *flags],
            preexec_fn=place_pipes,  # noqa: PLW1509 (one thread; Chromium wants its pipes at 3 and 4)
            pass_fds=(3, 4),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(hear_in)
        os.close(say_out)
        try:
            yield Browser(say_in, hear_out)
        finally:
            running.terminate()
            with suppress(subprocess.TimeoutExpired):
                running.wait(10)
            running.kill()
            running.wait()
            os.close(say_in)
            os.close(hear_out)
