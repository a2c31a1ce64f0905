"""llama.cpp's own server in a process of its own: ``python llama.py MODEL.gguf`` prints its port.

With llama.cpp installed, ``llama-server -m MODEL.gguf -c 4096`` is the same.
"""

import sys

import xllamacpp


def main() -> None:
    """Serve until standard input ends."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = sys.argv[1]
    parameters.n_ctx = 4096
    parameters.n_parallel = 1
    parameters.n_gpu_layers = 0
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
    parameters.ui = parameters.warmup = False
    parameters.offline = True
    parameters.verbosity = -1
    server = xllamacpp.Server(parameters)
    print(server.listening_address.rpartition(":")[2], flush=True)
    sys.stdin.read()
    del server


if __name__ == "__main__":
    main()
