"""The commands of ``rasad``, one module a kind of work."""
