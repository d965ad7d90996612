"""Which part stands where, and the document around them."""
