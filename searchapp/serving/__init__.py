"""The web server: what one process answers with, and how several of them share an index and an address."""
