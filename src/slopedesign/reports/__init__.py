"""The design as documents: machine-readable results, workbook, calculation book."""
