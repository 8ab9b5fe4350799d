"""What follows from the inputs: numbers only, no files, screens or drawings."""
