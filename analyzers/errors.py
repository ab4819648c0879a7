"""The one base exception, so that a command line or a page can tell a person's mistake from a defect."""


class RasadError(Exception):
    """A problem that a person can mend; its message says what is wrong and what to do about it.

    Every error that Rasad raises on purpose derives from this one. Whoever talks to a person (the command
    line, a page) catches it and shows its message; anything else is a defect and keeps its traceback.
    """
