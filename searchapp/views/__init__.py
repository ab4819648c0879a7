"""The Flask blueprints, one a kind of caller: readers, programs, operators."""
