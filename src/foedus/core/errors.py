"""What can go wrong, said as place, what was found, what to do."""

from __future__ import annotations


class FoedusError(Exception):
    """Root of all errors that foedus raises on purpose."""

    exit_code = 2


class InputError(ValueError, FoedusError):
    """What the user gave cannot be used."""


class DateError(InputError):
    """A date is not EDTF level 1 or does not exist."""


class UnknownNameError(KeyError, InputError):
    """A name, code or id that nothing in the record bears, or that several bear."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class MissingError(LookupError, FoedusError):
    """A dataset or an optional extra is not there yet; the message names the command that gets it."""

    exit_code = 3


class RecordError(ValueError, FoedusError):
    """A line of the record breaks a rule of the codebook, or the record is damaged."""

    exit_code = 4


class OutputError(OSError, FoedusError):
    """An output file could not be written; nothing was left half-written."""
