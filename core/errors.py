"""The error behind every sentence a person may read."""


class InputError(ValueError):
    """Something from outside is unusable: a file, an option or a number.

    Its text is one sentence for a person: what is wrong, with which thing, and what to do.
    """
