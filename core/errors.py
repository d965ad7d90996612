"""The error behind every sentence a person may read."""


class InputError(ValueError):
    """Something from outside is unusable: a file, an option or a number.

    Its text is one English sentence for a person: what is wrong, with which thing, and what to do.

    A sentence that a page may show has a ``code`` as well, by which the page finds it in its own
    language, and ``values`` by the names of the ``{placeholders}`` that it is then written with.
    """

    def __init__(self, sentence: str = "", code: str = "", **values: object) -> None:
        super().__init__(sentence.format_map(values) if code else sentence)
        self.code = code
        self.values = values
