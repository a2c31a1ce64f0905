"""Make the calls yourself, with a queue or a batch API: dateline plans and assembles, purely."""

import json

from dateline import Article, Completion, Extractor
from dateline.pipeline import assemble, plan
from dateline.providers import Scripted


def main() -> None:
    """Plan the requests of an article, answer them by hand, assemble the extraction."""
    text = "Rebels shelled Karsa on Monday, the mayor said."
    article = Article(text=text, published="2026-03-12")
    setup = Extractor(provider=Scripted([])).setup
    requests = plan(article, setup)
    print(f"{len(requests)} request, {len(requests[0].all_messages)} messages")

    answer = {
        "events": [
            {
                "type": "Shelling/artillery/missile attack",
                "summary": "Rebels shelled Karsa.",
                "status": "occurred",
                "salience": "main",
                "ongoing": None,
                "actors": [{"name": "Rebels", "role": "initiator"}],
                "date": "on Monday",
                "place": "Karsa",
                "counts": [],
                "outcomes": [],
                "part_of": None,
                "evidence": ["Rebels shelled Karsa on Monday"],
            }
        ],
        "claims": [],
    }
    result = assemble(article, [Completion(text=json.dumps(answer))], setup)
    event = result.events[0]
    print(event.event_type, event.date.start, event.evidence[0].span)


if __name__ == "__main__":
    main()
