"""A loopback server that takes its time, and declines what is too much for it.

Run as a process of its own with ``SECONDS CAPACITY``: it prints its port, and reads the body to
answer with from standard input. Each request is answered after so many seconds; with a capacity,
what goes beyond so many requests at once is declined with 429 at once. ``GET /`` answers with
what was counted since it was asked last.
"""

from __future__ import annotations

import asyncio
import json
import sys


class Counts:
    """What happened since the counts were asked for."""

    def __init__(self) -> None:
        self.requests = self.declined = self.connections = self.most = 0
        self.waiting = 0

    def taken(self) -> bytes:
        """The counts as JSON; they start anew."""
        names = ("requests", "declined", "connections", "most")
        document = json.dumps({name: getattr(self, name) for name in names}).encode()
        for name in names:
            setattr(self, name, 0)
        return document


COUNTS = Counts()


def response(status: str, body: bytes) -> bytes:
    """A whole response."""
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


class Responder(asyncio.Protocol):
    """Waits for a whole request, answers it when its time has come, and waits for the next."""

    answer = b""
    declined = response("429 Too Many Requests", b'{"error": {"code": "rate_limit_exceeded"}}')
    seconds = 0.0
    capacity = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.received = b""
        self.used = False

    def data_received(self, data: bytes) -> None:
        """Answer when head and body are complete."""
        self.received += data
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return
        if head.startswith(b"GET"):
            self.transport.write(response("200 OK", COUNTS.taken()))
            self.transport.close()
            return
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        if len(body) < length:
            return
        self.received = body[length:]
        COUNTS.requests += 1
        if not self.used:
            self.used = True
            COUNTS.connections += 1
        if self.capacity and COUNTS.waiting >= self.capacity:
            COUNTS.declined += 1
            self.transport.write(self.declined)
            return
        COUNTS.waiting += 1
        COUNTS.most = max(COUNTS.most, COUNTS.waiting)
        asyncio.get_running_loop().call_later(self.seconds, self.finish)

    def finish(self) -> None:
        """The answer's time has come."""
        COUNTS.waiting -= 1
        self.transport.write(self.answer)


async def main() -> None:
    """Serve until the process is ended."""
    Responder.seconds, Responder.capacity = float(sys.argv[1]), int(sys.argv[2])
    Responder.answer = response("200 OK", sys.stdin.buffer.read())
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Responder, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
