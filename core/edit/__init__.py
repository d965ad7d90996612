"""What another network would be: neurons and whole layers changed, painted, damaged or built.

Every edit takes a network, which stays what it is, and gives a new one that shares every array
that is not different; an edit that changes nothing gives the network itself. Layers and neurons
count from 0 as everywhere; layer 0 is the input, which has nothing to edit.
"""
