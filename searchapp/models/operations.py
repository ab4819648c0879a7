"""What is answered to whoever keeps the server running."""

from msgspec import Struct


class Health(Struct, frozen=True):
    """That the server can answer, and from what."""

    status: str
    generation: int
    articles: int
    paragraphs: int
