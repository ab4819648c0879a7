"""A question in; a page, JSON or a line of a terminal out."""
