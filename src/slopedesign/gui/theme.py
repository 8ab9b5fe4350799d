"""Light and dark palettes, and the few colours that carry meaning."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from slopedesign.standards.check import Verdict


@dataclass(frozen=True)
class Colours:
    """Colours of things drawn, on a light or a dark ground."""

    paper: str
    grid: str
    ground: str
    design: str
    cut: str
    fill: str
    wall: str
    soil: str
    water: str
    plant: str
    slip: str
    text: str
    quiet: str
    handle: str
    layer: tuple[str, ...]
    verdict: dict[Verdict, str]


LIGHT = Colours(
    paper="#ffffff", grid="#e3e6ea", ground="#6b7280", design="#b91c1c", cut="#f5d5b8", fill="#cfe3c4",
    wall="#475569", soil="#a16207", water="#1d4ed8", plant="#3f7d20",
    slip="#7c3aed", text="#111827", quiet="#6b7280", handle="#0f766e",
    layer=("#efe3c8", "#dfe3e6", "#cfd6db", "#e8d8d0"),
    verdict={Verdict.PASS: "#15803d", Verdict.FAIL: "#b91c1c", Verdict.WARN: "#b45309", Verdict.INFO: "#1d4ed8",
             Verdict.NOT_APPLICABLE: "#6b7280", Verdict.NOT_JUDGED: "#7c3aed"},
)  # fmt: skip
DARK = Colours(
    paper="#1b1f24", grid="#2c323a", ground="#9ca3af", design="#f87171", cut="#5b4030", fill="#33472c",
    wall="#cbd5e1", soil="#d6a256", water="#60a5fa", plant="#86c06a",
    slip="#c4b5fd", text="#e5e7eb", quiet="#9ca3af", handle="#2dd4bf",
    layer=("#3a3527", "#2b3036", "#333a42", "#3b302c"),
    verdict={Verdict.PASS: "#4ade80", Verdict.FAIL: "#f87171", Verdict.WARN: "#fbbf24", Verdict.INFO: "#60a5fa",
             Verdict.NOT_APPLICABLE: "#9ca3af", Verdict.NOT_JUDGED: "#c4b5fd"},
)  # fmt: skip


def is_dark(application: QApplication) -> bool:
    """Whether the window is dark now."""
    return application.palette().color(QPalette.ColorRole.Window).lightness() < 128


def colours(application: QApplication) -> Colours:
    """The colours that go with the palette in force."""
    return DARK if is_dark(application) else LIGHT


def now() -> Colours:
    """The colours of the application as it is shown now."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return colours(application)


def quiet_brush(application: QApplication) -> QColor:
    """Colour of words that stand back."""
    return QColor(colours(application).quiet)


def asked_dark(application: QApplication, shade: str | None) -> bool:
    """Whether a shade is dark; None is what the system asks for."""
    return application.styleHints().colorScheme() == Qt.ColorScheme.Dark if shade is None else shade == "dark"


def apply(application: QApplication, shade: str | None = None) -> None:
    """Set the palette: "light", "dark", or what the system asks for."""
    dark = asked_dark(application, shade)
    application.setPalette(_dark_palette() if dark else _light_palette())
    chosen = DARK if dark else LIGHT
    application.setStyleSheet(
        f"QLabel#error {{ color: {chosen.verdict[Verdict.FAIL]}; }}"
        f"QLabel#quiet {{ color: {chosen.quiet}; }}"
        f"QFrame#notice {{ background: {chosen.cut}; }}"
        "QLabel#heading { font-weight: 600; }"
        "QGroupBox { font-weight: 600; margin-top: 0.8em; padding-top: 0.5em; }"
        "QGroupBox::title { subcontrol-origin: margin; left: 0.4em; }"
    )


def _palette(roles: dict[QPalette.ColorRole, str], disabled: str) -> QPalette:
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(disabled))
    return palette


def _light_palette() -> QPalette:
    role = QPalette.ColorRole
    return _palette(
        {role.Window: "#f4f5f7", role.WindowText: "#111827", role.Base: "#ffffff", role.AlternateBase: "#f3f4f6",
         role.Text: "#111827", role.Button: "#eceff2", role.ButtonText: "#111827", role.Highlight: "#0f766e",
         role.HighlightedText: "#ffffff", role.ToolTipBase: "#fffbe6", role.ToolTipText: "#111827",
         role.PlaceholderText: "#8b93a1", role.Link: "#0f766e", role.Mid: "#c9ced6", role.Light: "#ffffff",
         role.Dark: "#9aa2ad"}, "#9aa2ad",
    )  # fmt: skip


def _dark_palette() -> QPalette:
    role = QPalette.ColorRole
    return _palette(
        {role.Window: "#23282e", role.WindowText: "#e5e7eb", role.Base: "#1b1f24", role.AlternateBase: "#20252b",
         role.Text: "#e5e7eb", role.Button: "#2d333b", role.ButtonText: "#e5e7eb", role.Highlight: "#0d9488",
         role.HighlightedText: "#ffffff", role.ToolTipBase: "#2d333b", role.ToolTipText: "#e5e7eb",
         role.PlaceholderText: "#7b8490", role.Link: "#2dd4bf", role.Mid: "#3a414a", role.Light: "#3a414a",
         role.Dark: "#15181c"}, "#69717c",
    )  # fmt: skip
