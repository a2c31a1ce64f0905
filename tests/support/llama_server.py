"""A llama.cpp server in a process of its own: what a user would run beside dateline.

python llama_server.py MODEL.gguf        # prints its port; ends when its input ends

with llama_server(path) as base_url: ...
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

API_KEY = "loopback-key"


@contextmanager
def llama_server(model: Path, *, context_tokens: int = 2048) -> Iterator[str]:
    """Start a server, yield its OpenAI-style ``base_url``, and stop it."""
    process = subprocess.Popen(
        [sys.executable, __file__, str(model), str(context_tokens)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
    finally:
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def serve(model: str, context_tokens: int) -> None:
    """Serve until standard input ends."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.n_ctx = context_tokens
    parameters.n_parallel = 1
    parameters.n_gpu_layers = 0
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
    parameters.api_keys = [API_KEY]
    parameters.cache_ram_mib = 0
    parameters.ui = parameters.warmup = False
    parameters.offline = True
    parameters.verbosity = -1
    server = xllamacpp.Server(parameters)
    print(server.listening_address.rpartition(":")[2], flush=True)
    sys.stdin.read()
    del server  # its destructor is the only way to stop it


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
