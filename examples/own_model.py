"""Fill in a model of your own. Every Quote is found in the article, or asked for again."""

from pydantic import BaseModel, Field

from dateline import Article, Extractor, Quote
from dateline.providers import Scripted


class Closure(BaseModel):
    """What was closed, until when."""

    what: Quote
    until: Quote | None = None
    residents_protested: bool = Field(description="whether residents protested")


def main() -> None:
    """Ask a scripted provider, which first makes a quote up and is asked again."""
    article = Article(
        text="Soldiers plan to close the crossing until Friday. About 300 residents protested."
    )
    answers = [
        {"what": "the bridge at Tolmera", "until": "until Friday", "residents_protested": True},
        {"what": "the crossing", "until": "until Friday", "residents_protested": True},
    ]
    with Extractor(provider=Scripted(answers)) as extractor:
        closure = extractor.extract_as(Closure, article)
    assert closure.what.evidence is not None
    print(closure.what, closure.what.evidence.span, closure.residents_protested)


if __name__ == "__main__":
    main()
