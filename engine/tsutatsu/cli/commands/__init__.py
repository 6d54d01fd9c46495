"""A file per command; each holds its command as ``command_``."""
