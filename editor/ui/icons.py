"""The icons: one family of SVG drawings, 16 px with 1.4 px strokes, coloured with the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from editor import resources

_SCALES = (1, 2, 3)
"""Device pixel ratios that a picture is made for."""


def icon(name: str, colour: str, *, disabled: str | None = None, size: int = 16) -> QIcon:
    """Return the icon `name` of resources/icons, drawn in `colour` (and `disabled` when its action is off)."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(pixmap(name, colour, size, scale))
        if disabled:
            made.addPixmap(pixmap(name, disabled, size, scale), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: str, size: int, scale: float) -> QPixmap:
    """Return the icon `name` as a picture of `size` logical pixels at the device pixel ratio `scale`."""
    return QPixmap.fromImage(_image(name, colour, size, scale))


# Images, not pixmaps: those must not outlive the application.
@lru_cache(maxsize=1024)
def _image(name: str, colour: str, size: int, scale: float) -> QImage:
    drawing = _drawing(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    image = QImage(round(size * scale), round(size * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size * scale, size * scale))
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return resources.text(f"icons/{name}.svg")
