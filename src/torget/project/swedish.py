"""The command line speaks Swedish, also when it is used wrongly."""

import argparse

_TEXTS = {
    "usage: ": "användning: ",
    "options": "flaggor",
    "positional arguments": "argument",
    "show this help message and exit": "visa den här hjälpen",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fel: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r finns inte (välj bland %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "%(value)r är inte ett giltigt värde",
    "unrecognized arguments: %s": "okända argument: %s",
    "the following arguments are required: %s": "detta saknas: %s",
    "one of the arguments %s is required": "något av detta behövs: %s",
    "not allowed with argument %s": "går inte ihop med %s",
    "ignored explicit argument %r": "tar inget värde, men fick %r",
    "expected one argument": "ett värde saknas",
    "expected at least one argument": "minst ett värde behövs",
    "can't open '%(filename)s': %(error)s": "kan inte öppna %(filename)s: %(error)s",
}


class Parser(argparse.ArgumentParser):
    """An argument parser with Swedish texts. Options are written out in full.

    argparse takes its texts from gettext but has no catalogue for it; its lookup is replaced once.
    """

    def __init__(self, **options: object) -> None:
        vars(argparse)["_"] = lambda text: _TEXTS.get(text, text)
        super().__init__(allow_abbrev=False, **options)  # type: ignore[arg-type]
