"""Many articles at once: one result or failure each, whatever happens to one of them."""

import json

from dateline import Article, Extractor, Failure, Unavailable
from dateline.completion import CompletionRequest
from dateline.providers import Scripted


def answer(request: CompletionRequest) -> str:
    """Stand in for a model that is not reached for one of the articles."""
    if request.article_id == "report-3":
        raise Unavailable("the server closed the connection", status=503)
    return json.dumps({"events": [], "claims": []})


def main() -> None:
    """Extract five reports, two at a time."""
    reports = [
        Article(text=f"Quiet night in sector {n}, residents said.", id=f"report-{n}")
        for n in range(5)
    ]
    done = failed = 0
    with Extractor(provider=Scripted(answer)) as extractor:
        for result in extractor.extract_many(reports, concurrency=2):
            if isinstance(result, Failure):
                failed += 1
                print(f"{result.article_id}: {result.error}: {result.message}")
            else:
                done += 1
    print(f"{done} done, {failed} failed")


if __name__ == "__main__":
    main()
