"""Tests in real browsers. As a package they share what is started once for all of them."""
