"""Extract one article with the embedded model: no key, no account."""

from pathlib import Path

from dateline import Article, Extractor

ARTICLE = Path(__file__).parent / "articles" / "ferry-crossing.txt"


def main() -> None:
    """Print events and claims with the words that support them."""
    article = Article.from_file(ARTICLE, published="2026-03-12")
    with Extractor(provider="local") as extractor:
        result = extractor.extract(article)
    for event in result.events:
        print(f"{event.id} {event.sub_event_type} ({event.status}), {event.date.text or 'no date'}")
        print(f"   “{event.evidence[0].quote}”")
    for claim in result.claims:
        print(f"{claim.id} {claim.speaker.name or 'narrator'}: {claim.text}")
    print(f"{len(result.rejected)} rejected, {result.usage.calls} calls")


if __name__ == "__main__":
    main()
