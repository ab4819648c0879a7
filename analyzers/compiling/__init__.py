"""Makes the lexicon file; runs at installation, never while serving."""
