"""The one door through which the sentences of reports go, so that they can be translated.

English is written in the code, and is so far the only language. Values are filled in last, so that
a translation may put them in an order of its own.
"""


def tr(text: str, /, **values: object) -> str:
    """Return a sentence with its values.

    >>> tr("{name} stops", name="“a”")
    '“a” stops'
    """
    return text.format(**values) if values else text


def trn(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the form of a sentence that goes with a number of things.

    >>> trn("one function stops", "{count} functions stop", 3, count="three")
    'three functions stop'
    """
    return tr(one if number == 1 else many, **values)
