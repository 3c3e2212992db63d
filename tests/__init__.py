"""The tests, in the folders of the package they are about."""
