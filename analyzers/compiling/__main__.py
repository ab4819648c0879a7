"""``python -m analyzers.compiling`` makes the lexicon file from installed word lists and our own tables."""

import sys
from itertools import chain
from pathlib import Path

from analyzers.compiling import sources
from analyzers.compiling.compounds import add_compounds, add_solid_compounds
from analyzers.compiling.packing import pack_lexicon
from analyzers.compiling.words import (
    LexiconDraft,
    add_names,
    add_verbs,
    add_words,
    read_verbs,
    reviewed_lemmas,
    settle_lemmas,
)
from analyzers.lexicon import DEFAULT_PATH, PackedLexicon, load_lexicon, save_lexicon


def compile_lexicon() -> PackedLexicon:
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
    return pack_lexicon(draft)


def main(path: Path = DEFAULT_PATH) -> None:
    """Write the lexicon and say what it holds."""
    save_lexicon(compile_lexicon(), path)
    lexicon = load_lexicon(path)
    sys.stdout.write(
        f"{path.name}: {len(lexicon.words):,} words, {len(lexicon.verbs):,} verb forms,"
        f" {len(lexicon.compounds):,} compounds; {lexicon.fingerprint}\n"
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
