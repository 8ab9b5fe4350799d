"""What the codes demand: formulas, tables and limits, each with its clause and provenance."""
