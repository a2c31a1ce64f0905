"""A stand-in for a company's model gateway: one model, in OpenAI's and Anthropic's wire formats.

Run it on its own (``python gateway.py``; it prints its port) or from ``swap_providers.py``. It is a
real HTTP server; only its model is a recorded answer.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "example-key"
ANSWER = json.dumps(
    {
        "events": [
            {
                "type": "Attack",
                "summary": "Gunmen attacked a ferry crossing near Tolmera.",
                "status": "occurred",
                "salience": "main",
                "ongoing": None,
                "actors": [{"name": "Gunmen", "role": "initiator"}],
                "date": "on Tuesday evening",
                "place": "near the river town of Tolmera",
                "counts": [
                    {
                        "quote": "at least nine people",
                        "kind": "killed",
                        "victim": None,
                        "inflicted_by": None,
                        "scope": "event",
                    }
                ],
                "outcomes": [],
                "part_of": None,
                "evidence": [
                    "Gunmen opened fire on a ferry crossing near the river town of Tolmera on "
                    "Tuesday evening, killing at least nine people"
                ],
            }
        ],
        "claims": [],
    }
)


class Gateway(BaseHTTPRequestHandler):
    """Answers ``/v1/chat/completions`` and ``/v1/messages``."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Check the key, read the question, answer in the format of the path."""
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        key = self.headers.get("x-api-key") or self.headers.get("authorization", "")
        if key.removeprefix("Bearer ") != KEY:
            self._send(401, {"error": {"type": "authentication_error", "message": "wrong key"}})
        elif self.path == "/v1/chat/completions":
            self._send(200, chat_completion(asked["model"]))
        elif self.path == "/v1/messages":
            self._send(200, message(asked["model"]))
        else:
            self._send(404, {"error": {"type": "not_found_error", "message": "no such path"}})

    def _send(self, status: int, body: dict) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def chat_completion(model: str) -> dict:
    """The answer in OpenAI's format."""
    choice = {
        "index": 0,
        "finish_reason": "stop",
        "message": {"role": "assistant", "content": ANSWER},
    }
    usage = {"prompt_tokens": 3200, "completion_tokens": 210, "total_tokens": 3410}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_750_000_000,
        "model": model,
        "choices": [choice],
        "usage": usage,
    }


def message(model: str) -> dict:
    """The answer in Anthropic's format."""
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [{"type": "text", "text": ANSWER}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 3200, "output_tokens": 210},
    }


def main() -> None:
    """Serve on a free port until interrupted; the port is the first line of output."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
