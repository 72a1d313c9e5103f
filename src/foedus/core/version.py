"""The version of the code."""

CODE_VERSION = "0.1.0"
