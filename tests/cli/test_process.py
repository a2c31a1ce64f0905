from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.output.jsonl import read_results
from support.sample import sample_extraction
from support.scripts import FERRY, scripted_folder

COMMAND = [sys.executable, "-c", "from dateline.cli import main; main()"]


def environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    return {**kept, "TERM": "xterm-256color", "PYTHONUTF8": "1"}


def start(folder: Path, *arguments: str, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


def wait_for(process: subprocess.Popen[bytes], condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert process.poll() is None, process.communicate()[1].decode()
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def many(folder: Path, count: int) -> None:
    (folder / "in").mkdir()
    for number in range(count):
        path = folder / "in" / f"{number:03}.txt"
        path.write_text(f"{FERRY} Report {number} of the day.", encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_finishes_and_keeps_what_is_in_flight(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    scripted_folder(tmp_path, delay_s=0.2)
    many(tmp_path, 200)
    process = start(tmp_path, "extract", "in", "--out", "r.jsonl", "--concurrency", "2")
    part = tmp_path / "r.jsonl.part"
    wait_for(process, lambda: part.exists() and part.stat().st_size > 0)

    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)

    assert process.returncode == code
    assert b"finishing the articles in flight" in stderr
    assert b"Traceback" not in stderr
    done = list(read_results(tmp_path / "r.jsonl"))
    assert 1 <= len(done) < 200


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_second_interrupt_stops_at_once(tmp_path: Path) -> None:
    scripted_folder(tmp_path, delay_s=300)
    process = start(tmp_path, "extract", "ferry.txt", "--out", "r.jsonl")
    wait_for(process, lambda: (tmp_path / "r.jsonl.part").exists())

    assert process.stderr is not None
    process.send_signal(signal.SIGINT)
    assert b"interrupt again" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)

    assert process.returncode == 130
    assert b"Traceback" not in stderr
    assert not (tmp_path / "r.jsonl").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes differ")
def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    line = sample_extraction().model_dump_json() + "\n"
    (tmp_path / "r.jsonl").write_text(line * 60, encoding="utf-8")
    process = start(tmp_path, "show", "r.jsonl")

    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    stderr = process.stderr.read()

    assert process.wait(60) == 141
    assert stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_a_terminal_gets_tables_and_a_pipe_gets_json(tmp_path: Path) -> None:
    scripted_folder(tmp_path)
    ours, theirs = os.openpty()
    process = start(tmp_path, "extract", "ferry.txt", stdout=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
    process.communicate(timeout=60)
    os.close(ours)

    piped, _ = start(tmp_path, "extract", "ferry.txt").communicate(timeout=60)

    assert process.returncode == 0
    assert b"Events" in shown
    assert piped.startswith(b'{"article"')


@pytest.mark.parametrize(
    ("command", "said"), [("", "extract"), ("eval", "compare"), ("eval run", "--save-baseline")]
)
def test_help_imports_nothing_heavy(tmp_path: Path, command: str, said: str) -> None:
    heavy = [
        "openai",
        "instructor",
        "pydantic",
        "rich",
        "pandas",
        "pyarrow",
        "aiohttp",
        "diskcache",
        "edlib",
        "rapidfuzz",
        "jinja2",
        "dateparser",
        "trafilatura",
        "tenacity",
        "numpy",
        "scipy",
        "yaml",
    ]
    code = (
        "import sys\n"
        f"sys.argv = ['dateline', *{command.split()!r}, '--help']\n"
        "from dateline.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules])\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
    assert said in done.stdout
