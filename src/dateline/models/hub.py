"""One file from a model hub that speaks Hugging Face's addresses: resumable and verified.

``HF_ENDPOINT`` names another hub, ``HF_TOKEN`` opens gated repositories; the token goes to the
hub itself and not to the storage that it redirects to.

Source: https://huggingface.co/docs/huggingface_hub/package_reference/file_download (the
``X-Linked-ETag`` of a large file is its SHA-256).
"""

from __future__ import annotations

import http.client
import json
import os
import re
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from dateline.errors import ModelError
from dateline.models.reference import HubFile

if TYPE_CHECKING:
    from dateline.models.fetching import Progress

_PUBLIC_HUB = "https://huggingface.co"
_TIMEOUT_S = 30.0
_ATTEMPTS = 5
_PAUSE_S = 0.5
_REDIRECTS = 5
_BLOCK = 1 << 18
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FAILURES = (
    urllib.error.URLError,
    http.client.HTTPException,
    ssl.SSLError,
    TimeoutError,
    ConnectionError,
)


@dataclass(frozen=True, slots=True)
class _Remote:
    """What the hub says about a file before it is fetched."""

    etag: str | None
    size: int | None
    sha256: str | None


def fetch_from_hub(
    ref: HubFile, target: Path, progress: Progress | None
) -> tuple[Path, str | None]:
    """Fetch a file beside ``target``, going on where an earlier try stopped.

    Returns:
        The path of the unverified file and the SHA-256 it should have, if anybody says.

    Raises:
        ModelError: the hub has no such file, wants a token, or cannot be reached. What was
            fetched until then stays for the next try.
        OSError: the folder cannot be written to, or the disk is full.
    """
    from dateline.models.fetching import discard, partial_of, require_room

    url = _address(ref)
    remote = _look(url, ref)
    partial = partial_of(target)
    notes = partial.with_name(partial.name + ".json")
    if not _same_file(notes, remote):
        discard(target)
        notes.write_text(json.dumps(asdict(remote)), encoding="utf-8")
    have = partial.stat().st_size if partial.exists() else 0
    if remote.size is not None:
        require_room(target.parent, remote.size - have + (8 << 20))
    tries = 0
    while True:
        try:
            _download(url, partial, remote, progress)
            break
        except _FAILURES as error:
            now = partial.stat().st_size if partial.exists() else 0
            # Only tries that bring nothing count: a long download may be cut many times.
            tries = 1 if now > have else tries + 1
            have = now
            _again_or_raise(error, ref, tries)
    return partial, ref.sha256 or remote.sha256


def _address(ref: HubFile) -> str:
    base = os.environ.get("HF_ENDPOINT", "").strip().rstrip("/") or _PUBLIC_HUB
    if urlsplit(base).scheme not in ("https", "http"):
        raise ModelError(
            "HF_ENDPOINT is not an http(s) address", where="HF_ENDPOINT", remedy="Correct it."
        )
    return f"{base}/{ref.repository}/resolve/{quote(ref.revision, safe='')}/{quote(ref.file)}"


def _look(url: str, ref: HubFile) -> _Remote:
    """Ask for the file's hash and size. The hub's own answer has them, the storage's has not."""
    tries = 0
    while True:
        try:
            answer = _open(url, "HEAD", {"Accept-Encoding": "identity"}, follow_away=False)
            break
        except _FAILURES as error:
            tries += 1
            _again_or_raise(error, ref, tries)
    with answer:
        headers = answer.headers
    etag = headers.get("X-Linked-ETag") or headers.get("ETag")
    bare = etag.removeprefix("W/").strip('"').lower() if etag else ""
    size = headers.get("X-Linked-Size") or (
        None if headers.get("Location") else headers.get("Content-Length")
    )
    return _Remote(
        etag=etag,
        size=int(size) if size and size.isdigit() else None,
        sha256=bare if _SHA256.fullmatch(bare) else None,
    )


def _download(url: str, partial: Path, remote: _Remote, progress: Progress | None) -> None:
    have = partial.stat().st_size if partial.exists() else 0
    if remote.size is not None and have == remote.size:
        return
    if remote.size is not None and have > remote.size:
        partial.unlink()
        have = 0
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        response = _open(url, "GET", headers, follow_away=True)
    except urllib.error.HTTPError as error:
        if error.code != 416:
            raise
        partial.unlink(missing_ok=True)
        raise ConnectionError("the server cannot go on from there") from error
    with response:
        if have and not _continues(response, have):
            have = 0
        with partial.open("ab" if have else "wb") as out:
            done = have
            while block := response.read(_BLOCK):
                out.write(block)
                done += len(block)
                if remote.size is not None and done > remote.size:
                    raise ConnectionError("more bytes came than the file has")
                if progress is not None:
                    progress(done, remote.size)
    if remote.size is not None and done < remote.size:
        raise ConnectionError("the connection ended early")


def _continues(response: Any, have: int) -> bool:
    start = (response.headers.get("Content-Range") or "").removeprefix("bytes ").split("-")[0]
    return response.status == 206 and start == str(have)


def _same_file(notes: Path, remote: _Remote) -> bool:
    """Whether what is half fetched belongs to the file that the hub has now."""
    try:
        return remote.etag is not None and _Remote(**json.loads(notes.read_text())) == remote
    except (OSError, ValueError, TypeError):
        return False


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _open(url: str, method: str, headers: dict[str, str], *, follow_away: bool) -> Any:
    """Send a request and follow redirects by hand, so that the token stays with the hub.

    With ``follow_away`` False the first redirect to another host is itself the answer.
    """
    opener = urllib.request.build_opener(_NoRedirects)
    home = urlsplit(url).netloc
    token = os.environ.get("HF_TOKEN", "").strip()
    for _ in range(_REDIRECTS):
        send = dict(headers)
        if token and urlsplit(url).netloc == home:
            send["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(url, method=method, headers=send)  # noqa: S310
        try:
            return opener.open(request, timeout=_TIMEOUT_S)
        except urllib.error.HTTPError as error:
            where = error.headers.get("Location")
            if error.code not in (301, 302, 303, 307, 308) or not where:
                raise
            following = urljoin(url, where)
            if urlsplit(following).scheme not in ("https", urlsplit(url).scheme):
                raise ModelError(
                    "the hub redirects to an address that is not safe", where=home
                ) from error
            if not follow_away and urlsplit(following).netloc != home:
                return error
            url = following
    raise ModelError("the hub redirects without end", where=home.rpartition("@")[2])


def _again_or_raise(error: Exception, ref: HubFile, tries: int) -> None:
    """Wait a little before the next try, or raise what the failure means."""
    passing = not isinstance(error, urllib.error.HTTPError) or (
        error.code in (408, 429) or error.code >= 500
    )
    if not passing or tries >= _ATTEMPTS:
        raise _explained(error, ref) from error
    time.sleep(_PAUSE_S * 2 ** (tries - 1))


def _explained(error: Exception, ref: HubFile) -> ModelError:
    where = f"hf:{ref.repository}/{ref.file}@{ref.revision}"
    if isinstance(error, urllib.error.HTTPError):
        if error.code in (401, 403):
            what = "the hub wants a token for this repository, or there is none of this name"
            remedy = "Check the name; accept the model's licence on the hub and set HF_TOKEN."
        elif error.code == 404:
            what = "the hub has no such file"
            remedy = "Check repository, file and revision; case matters."
        else:
            what = f"the hub answered with status {error.code}"
            remedy = "Try again later; what was fetched is kept and gone on from."
        return ModelError(what, where=where, remedy=remedy)
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    named = reason.strerror if isinstance(reason, OSError) else None
    return ModelError(
        f"the hub cannot be reached ({named or str(reason) or type(reason).__name__})",
        where=where,
        remedy="Check the network (HF_ENDPOINT names another hub) and run it again; what was "
        "fetched is kept and gone on from. Or give the path of a .gguf file.",
    )
