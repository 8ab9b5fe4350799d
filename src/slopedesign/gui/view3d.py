"""The ground and the cut in three dimensions: an extra for which PyVista must be installed."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMessageBox, QWidget

from slopedesign.i18n import text


def missing() -> list[str]:
    """Names of the packages that are not installed."""
    return [name for name in ("pyvista", "pyvistaqt") if find_spec(name) is None]


def show(parent: QWidget, document: Any) -> QMainWindow | None:
    """Open the view, or say plainly why there is none."""
    language = document.language
    lacking = missing()
    why = ""
    if lacking:
        why = text("gui.view3d.missing", language, names=", ".join(lacking))
    elif QGuiApplication.platformName() == "offscreen":
        why = text("gui.view3d.no_display", language)
    elif document.design is None or not document.design.slopes:
        why = text("gui.view3d.no_design", language)
    if why:
        box = QMessageBox(QMessageBox.Icon.Information, "slopedesign", why, parent=parent)
        box.open()
        return None
    return _window(document.design)


def meshes(design: Any) -> list[tuple[Any, str]]:
    """(mesh, colour) of each ground and each cut."""
    import pyvista

    found = []
    origin = next(iter(design.grounds.values())).build.tin.origin
    tins = [(design.grounds[n].build.tin, "#9aa68c") for n in dict.fromkeys(s.slope.ground for s in design.slopes)]
    tins += [(slope.cut.layout.tin, "#d08c60") for slope in design.slopes if not slope.slope.variant_of]
    for tin, colour in tins:
        faces = np.column_stack([np.full(len(tin.triangles), 3), tin.triangles]).ravel()
        found.append((pyvista.PolyData(tin.points - origin, faces), colour))
    return found


def _window(design: Any) -> QMainWindow:
    from pyvistaqt import BackgroundPlotter

    plotter = BackgroundPlotter(title="slopedesign")
    for mesh, colour in meshes(design):
        plotter.add_mesh(mesh, color=colour, smooth_shading=False)
    plotter.add_axes()
    return plotter.app_window
