"""Fetching from a hub: whole, verified, resumed, and with an error that helps."""

from __future__ import annotations

import os
import resource
import threading

import pytest

from dateline.errors import ModelError
from dateline.models import ensure_model, hub, list_models
from support.hub import Hub

CONTENT = b"GGUF" + os.urandom(700_000)
SPEC = "hf:org/repo/model.gguf"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr(hub, "_PAUSE_S", 0)
    for proxy in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(proxy, raising=False)
    return tmp_path / "models"


@pytest.fixture
def serve(monkeypatch):
    """Start a hub and point HF_ENDPOINT to it."""
    running = []

    def start(**settings):
        server = Hub(**{"content": CONTENT, **settings}).__enter__()
        running.append(server)
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        return server

    yield start
    for server in running:
        server.__exit__()


def files(folder):
    return sorted(p.name for p in (folder / "hf").rglob("*") if p.is_file())


def test_a_file_is_fetched_verified_and_found_again_without_the_network(serve, folder):
    server = serve()
    told = []

    path = ensure_model(SPEC, progress=lambda done, total: told.append((done, total)))

    assert path.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert files(folder) == ["model.gguf", "model.gguf.lock"]
    asked = len(server.seen)
    assert ensure_model(SPEC, offline=True) == path
    assert len(server.seen) == asked
    assert [m.spec for m in list_models()][-1] == "hf:org/repo/model.gguf@main"


def test_a_cut_download_goes_on_where_it_stopped(serve):
    server = serve(cut_at=[100_000, 50_000])

    assert ensure_model(SPEC).read_bytes() == CONTENT
    assert [seen.range for seen in server.gets()] == [None, "bytes=100000-", "bytes=150000-"]


def test_a_later_run_goes_on_where_the_last_one_stopped(serve, folder):
    first = serve(cut_at=[300_000, 0, 0, 0, 0, 0])
    with pytest.raises(ModelError, match="gone on from"):
        ensure_model(SPEC)
    assert files(folder) == ["model.gguf.lock", "model.gguf.partial", "model.gguf.partial.json"]
    assert len(first.gets()) == 5
    second = serve()

    assert ensure_model(SPEC).read_bytes() == CONTENT
    assert [seen.range for seen in second.gets()] == ["bytes=300000-"]
    assert files(folder) == ["model.gguf", "model.gguf.lock"]


def test_what_is_left_of_another_version_is_not_gone_on_from(serve):
    serve(cut_at=[300_000, 0, 0, 0, 0, 0])
    with pytest.raises(ModelError):
        ensure_model(SPEC)
    other = b"GGUF" + os.urandom(500_000)
    server = serve(content=other)

    assert ensure_model(SPEC).read_bytes() == other
    assert server.gets()[0].range is None


def test_a_server_that_cannot_resume_sends_everything_again(serve):
    serve(cut_at=[100_000], ranges=False)

    assert ensure_model(SPEC).read_bytes() == CONTENT


def test_a_wrong_hash_is_an_error_and_leaves_no_file(serve, folder):
    serve(honest=False)

    with pytest.raises(ModelError, match=r"not the model.*removed"):
        ensure_model(SPEC)

    assert files(folder) == ["model.gguf.lock"]


def test_the_hash_in_the_setting_wins(serve, folder):
    serve()
    with pytest.raises(ModelError, match="0000"):
        ensure_model(f"{SPEC}#sha256={'0' * 64}")
    assert files(folder) == ["model.gguf.lock"]


def test_a_hub_that_gives_no_hash_is_checked_against_the_setting(serve):
    server = serve(hashed=False)

    assert ensure_model(f"{SPEC}#sha256={server.sha256}").read_bytes() == CONTENT


def test_something_that_is_no_model_is_not_kept(serve, folder):
    serve(content=b"version https://git-lfs.github.com/spec/v1\n")

    with pytest.raises(ModelError, match="not a GGUF"):
        ensure_model(SPEC)

    assert files(folder) == ["model.gguf.lock"]


def test_a_file_that_was_damaged_later_is_fetched_again(serve):
    server = serve()
    path = ensure_model(SPEC)
    path.write_bytes(b"GGUF" + b"\0" * (len(CONTENT) - 4))

    assert ensure_model(SPEC).read_bytes() == CONTENT
    assert len(server.gets()) == 2


def test_a_file_that_was_only_touched_is_not_fetched_again(serve):
    server = serve()
    path = ensure_model(SPEC)
    os.utime(path, (1, 1))

    assert ensure_model(SPEC, offline=True) == path
    assert len(server.gets()) == 1


def test_the_token_goes_to_the_hub_and_not_to_the_storage(serve, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    server = serve()

    ensure_model(SPEC)

    tokens = {seen.path: seen.token for seen in server.seen}
    assert tokens == {server.path: "Bearer hf_secret", "/storage": None}


@pytest.mark.parametrize(
    ("status", "says"), [(401, "HF_TOKEN"), (403, "licence"), (404, "no such file"), (410, "410")]
)
def test_a_refusal_is_explained_and_not_repeated(serve, status, says, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    server = serve(statuses=[status] * 9)

    with pytest.raises(ModelError, match=says) as caught:
        ensure_model(SPEC)

    assert len(server.seen) == 1
    assert "hf_secret" not in str(caught.value)


def test_a_hub_in_trouble_is_asked_again(serve):
    serve(statuses=[503, 429, 500])

    assert ensure_model(SPEC).read_bytes() == CONTENT


def test_a_hub_that_is_not_there_is_explained(monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://user:pass@127.0.0.1:9")

    with pytest.raises(ModelError, match="cannot be reached") as caught:
        ensure_model(SPEC)

    assert "pass" not in str(caught.value)


@pytest.mark.parametrize("endpoint", ["file:///etc", "ftp://127.0.0.1", "hub"])
def test_only_http_is_spoken(monkeypatch, endpoint):
    monkeypatch.setenv("HF_ENDPOINT", endpoint)

    with pytest.raises(ModelError, match="HF_ENDPOINT"):
        ensure_model(SPEC)


def test_offline_nothing_is_asked(serve):
    server = serve()

    with pytest.raises(ModelError, match=r"not on this machine.*dateline models pull hf:org"):
        ensure_model(SPEC, offline=True)

    assert server.seen == []


def test_two_that_want_a_file_at_once_fetch_it_once(serve):
    server = serve()
    paths = []
    threads = [threading.Thread(target=lambda: paths.append(ensure_model(SPEC))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(paths)) == 1
    assert len(paths) == 4
    assert len(server.gets()) == 1


def test_a_disk_that_fills_up_under_way_is_cleaned_up(serve, folder):
    serve()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(ModelError, match=r"no room.*DATELINE_MODELS_DIR"):
            ensure_model(SPEC)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert files(folder) == ["model.gguf.lock"]


def test_a_file_larger_than_the_disk_is_not_begun(serve, folder):
    class Huge(bytes):
        def __len__(self):
            return 1 << 60

    server = serve(content=Huge(CONTENT))

    with pytest.raises(ModelError, match=r"MB are free, .* MB are needed"):
        ensure_model(SPEC)

    assert server.gets() == []


def test_a_folder_that_cannot_be_written_to_is_explained(serve, tmp_path, monkeypatch):
    serve()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATELINE_MODELS_DIR", str(tmp_path / "file"))

    with pytest.raises(ModelError, match=r"models folder cannot.*DATELINE_MODELS_DIR"):
        ensure_model(SPEC)
