"""The engines behind :class:`indexer.engine.Engine`, and the arithmetic of search that they share."""
