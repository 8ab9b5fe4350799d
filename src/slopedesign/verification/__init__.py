"""The published cases that ship with the program, run by the program itself."""
