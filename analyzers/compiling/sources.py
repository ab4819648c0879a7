"""The published word lists the lexicon is made from, read as data: their packages need not be imported.

* hazm ``data/words.dat``: word, frequency, parts of speech. Rows whose frequency is 0 and whose tag is ``0``
  are left out: four fifths of the list, and noise.
* Parsivar ``resource/stemmer/stem_lex.pckl``: a set of stems; a word it shares with hazm's full list counts.
* wordfreq's Persian list: frequencies of written forms.
"""

import importlib.util
import math
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzers.folding import fold


@dataclass(frozen=True, slots=True)
class SourceWord:
    """A word as hazm lists it, with its part-of-speech tags (N, AJ, ADV, PL, ...)."""

    written: str
    tags: frozenset[str]


def package_folder(package: str) -> Path:
    """Find an installed package's folder without importing it (importing hazm loads its models)."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        message = f"{package} is not installed; install the project's lexicon extra"
        raise ModuleNotFoundError(message)
    return Path(spec.submodule_search_locations[0])


def hazm_words() -> tuple[dict[str, SourceWord], set[str]]:
    """Return hazm's trustworthy words by folded key, and the keys of all its rows, noise included."""
    words: dict[str, SourceWord] = {}
    everything: set[str] = set()
    text = (package_folder("hazm") / "data" / "words.dat").read_text(encoding="utf-8")
    for line in text.splitlines():
        written, frequency, tags = line.split("\t")
        key = fold(written)
        everything.add(key)
        if key and (frequency != "0" or tags != "0"):
            words.setdefault(key, SourceWord(written, frozenset(tags.split(","))))
    return words, everything


class _SetUnpickler(pickle.Unpickler):
    """Reads a pickle that holds a set of strings: it may name no other class, so nothing in it can run."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        if (module_name, global_name) in {("builtins", "set"), ("__builtin__", "set")}:
            return set
        message = f"{module_name}.{global_name} does not belong in a word list"
        raise pickle.UnpicklingError(message)


def parsivar_stems() -> set[str]:
    """Return the folded stems of Parsivar's lexicon (inflected forms are among them)."""
    path = package_folder("parsivar") / "resource" / "stemmer" / "stem_lex.pckl"
    with path.open("rb") as stream:
        return {key for word in _SetUnpickler(stream).load() if (key := fold(word))}


def frequencies() -> dict[str, float]:
    """Return Zipf frequencies (log10 per 10^9 words) of wordfreq's Persian forms, by folded key."""
    from wordfreq import get_frequency_dict  # noqa: PLC0415 (a compile-time package)

    shares: dict[str, float] = {}
    for word, share in get_frequency_dict("fa").items():
        if key := fold(word):
            shares[key] = shares.get(key, 0.0) + share
    return {key: math.log10(share) + 9 for key, share in shares.items()}


def attested_compounds() -> list[str]:
    """Return the forms of wordfreq's Persian list that are written with U+200C inside, commonest first."""
    from wordfreq import top_n_list  # noqa: PLC0415 (a compile-time package)

    return [word for word in top_n_list("fa", 10**6) if "\u200c" in word.strip("\u200c")]
