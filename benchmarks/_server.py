"""A loopback server that answers every request with the same bytes, as cheaply as Python can.

Run as a process of its own, so that its CPU time is not counted: it prints its port, and reads
the body to answer with from standard input.
"""

from __future__ import annotations

import asyncio
import sys


class Responder(asyncio.Protocol):
    """Waits for a whole request, writes the answer, and waits for the next."""

    answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        """Answer when head and body are complete."""
        self.received += data
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        if len(body) >= length:
            self.received = body[length:]
            self.transport.write(self.answer)


async def main() -> None:
    """Serve until the process is ended."""
    body = sys.stdin.buffer.read()
    head = (
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_1\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    Responder.answer = head.encode() + body
    server = await asyncio.get_running_loop().create_server(Responder, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
