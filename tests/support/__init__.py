"""What tests of several folders use: a server, clients of it, and the page as a person uses it."""
