"""Design -> ezdxf sheets: one builder per sheet; layers, styles, symbols beside them."""
