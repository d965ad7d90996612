"""The place Test: how good is the network, and where does it fail?"""
