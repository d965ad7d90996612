"""What comes in and goes out: networks and pictures as files, sheets to print."""
