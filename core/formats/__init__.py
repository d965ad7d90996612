"""Networks in the files of other programs."""
