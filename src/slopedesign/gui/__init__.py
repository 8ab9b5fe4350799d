"""The window: shows projects and designs, sends edits to the document; computes nothing itself."""
