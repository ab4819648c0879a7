"""Articles in, an index out: settings, readers, paragraphs, engines and the generations they are kept in."""
