"""The place Edit: every number of the network can be changed."""
