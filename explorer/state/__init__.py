"""What a person is doing on a page: the network, the drawing, the selection. It knows no view."""
