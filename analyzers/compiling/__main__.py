"""``python -m analyzers.compiling`` makes the lexicon file from installed word lists and our own tables."""

import hashlib
import sys
from itertools import chain
from pathlib import Path

import msgspec

from analyzers.compiling import sources
from analyzers.compiling.compounds import add_compounds, add_solid_compounds
from analyzers.compiling.words import (
    LexiconDraft,
    add_names,
    add_verbs,
    add_words,
    read_verbs,
    reviewed_lemmas,
    settle_lemmas,
)
from analyzers.lexicon import DEFAULT_PATH, FORMAT, Lexicon, save_lexicon


def compile_lexicon() -> Lexicon:
    """Gather words, verbs and compounds from every source; the same sources give the same fingerprint."""
    zipf = sources.frequencies()
    hazm, listed = sources.hazm_words()
    draft = LexiconDraft(lemmas=reviewed_lemmas())
    add_verbs(draft, read_verbs(), zipf)
    add_names(draft)
    add_words(draft, hazm, listed, sources.parsivar_stems(), zipf)
    add_compounds(draft, chain((word.written for word in hazm.values()), sources.attested_compounds()))
    add_solid_compounds(draft)
    settle_lemmas(draft)
    parts = {
        "words": draft.words,
        "verbs": draft.verbs,
        "verb_lemmas": draft.verb_lemmas,
        "lemmas": draft.lemmas,
        "compounds": draft.compounds,
        "splits": draft.splits,
    }
    digest = hashlib.sha256(msgspec.msgpack.encode(parts, order="sorted")).hexdigest()[:16]
    return msgspec.convert({"format": FORMAT, "fingerprint": digest, **parts}, Lexicon)


def main(path: Path = DEFAULT_PATH) -> None:
    """Write the lexicon and say what it holds."""
    lexicon = compile_lexicon()
    save_lexicon(lexicon, path)
    sys.stdout.write(
        f"{path.name}: {len(lexicon.words):,} words, {len(lexicon.verbs):,} verb forms,"
        f" {len(lexicon.lemmas):,} irregular forms, {len(lexicon.compounds):,} compounds;"
        f" {lexicon.fingerprint}\n"
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
