"""How a post looks in the list: a dot for its state, its title in up to two lines, its day and category."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from editor.site.index import PostSummary
from editor.translation import gettext as _
from editor.ui.library.post_list_model import PostListModel, detail, shown_title
from editor.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex

_SIDE = 8
"""Between the pane's edge and a card."""
_PADDING = 8
_TEXT_LEFT = 26
"""From a card's left edge to its text; the dot stands before it."""


class PostDelegate(QStyledItemDelegate):
    """Paints a row of the list; the open post is a card."""

    def __init__(self, model: PostListModel, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._open = QPersistentModelIndex()
        self._lines: dict[str, tuple[str, ...]] = {}
        self._advances: dict[str, float] = {}
        self.measure(QFont(), 200)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours."""
        self._theme = theme

    def set_open(self, index: QModelIndex) -> None:
        """Draw the post at `index` as the open one."""
        self._open = QPersistentModelIndex(index)

    def measure(self, font: QFont, width: int) -> None:
        """Take the list's font and width, before it is laid out anew."""
        self._font = QFont(font)
        self._font.setWeight(QFont.Weight.Medium)
        self._small = _smaller(font)
        self._metrics = QFontMetricsF(self._font)
        self._width = max(40, width - 2 * _SIDE - _TEXT_LEFT - _PADDING)
        line, small = round(self._metrics.height()), round(QFontMetricsF(self._small).height())
        self._line_height, self._small_height = line, small
        self._one = QSize(0, 2 * _PADDING + line + small + 2)
        self._two = QSize(0, 2 * _PADDING + 2 * line + small + 2)
        self._first_heading, self._heading = QSize(0, line + 10), QSize(0, line + 18)
        self._lines.clear()
        self._advances.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        # Asked for every row of the list at each layout: no call of Qt in here.
        number = index.row()
        row = self._model.row(number)
        if isinstance(row, str):
            return self._heading if number else self._first_heading
        return self._one if self._fits_one_line(shown_title(row)) else self._two

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self._model.row(index.row())
        if isinstance(row, str):
            self._paint_heading(painter, option, row)
        else:
            self._paint_post(painter, option, index, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        font = QFont(self._small)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.dim))
        rect = option.rect.adjusted(_SIDE + _PADDING, 0, -_SIDE, -5)
        painter.drawText(rect, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_post(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, post: PostSummary
    ) -> None:
        theme = self._theme
        card = QRectF(option.rect.adjusted(_SIDE, 0, -_SIDE, 0)).adjusted(0.5, 0.5, -0.5, -0.5)
        is_open = self._open.isValid() and self._open.row() == index.row()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
        if is_open:
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.pane if theme.name == "light" else theme.hover))
            painter.drawRoundedRect(card, 8, 8)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(card, 8, 8)
        if focused:
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.25, 0.25, -0.25, -0.25), 8, 8)

        line_height, width = self._line_height, self._width
        top = option.rect.top() + _PADDING
        paint_state(painter, QPointF(card.left() + 13, top + line_height / 2), post.state, theme)
        left = round(card.left()) + _TEXT_LEFT
        painter.setPen(QColor(theme.ink))
        painter.setFont(self._font)
        for line in self._title_lines(shown_title(post)):
            painter.drawText(QRect(left, top, width, line_height), Qt.AlignmentFlag.AlignVCenter, line)
            top += line_height
        painter.setFont(self._small)
        place = QRect(left, top + 2, width, self._small_height)
        if self._model.is_unsaved(post):
            width -= self._paint_unsaved(painter, place)
        painter.setPen(QColor(theme.bad if post.state == "invalid" else theme.dim))
        words = painter.fontMetrics().elidedText(detail(post), Qt.TextElideMode.ElideRight, width)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_unsaved(self, painter: QPainter, place: QRect) -> int:
        """Say at the end of a line that there are unsaved changes; return the width that this takes."""
        words = _("Unsaved")
        painter.setPen(QColor(self._theme.accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        return painter.fontMetrics().horizontalAdvance(words) + _PADDING

    def _fits_one_line(self, title: str) -> bool:
        """Return whether `title` needs one line alone, by the widths of its characters."""
        advances, width = self._advances, 0.0
        for character in title:
            advance = advances.get(character)
            if advance is None:
                advance = advances[character] = self._metrics.horizontalAdvance(character)
            width += advance
        return width <= self._width

    def _title_lines(self, title: str) -> tuple[str, ...]:
        """Return `title` in one line or two, cut off at the end of the last."""
        lines = self._lines.get(title)
        if lines is None:
            text = " ".join(title.split())
            if self._fits_one_line(title):
                lines = (self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, self._width),)
            else:
                lines = _broken(text, self._font, self._width)
            self._lines[title] = lines
        return lines


def paint_state(painter: QPainter, centre: QPointF, state: str, theme: Theme) -> None:
    """Paint the dot that stands for a post's state; a draft's is a ring."""
    if state == "draft":
        painter.setPen(QPen(QColor(theme.dim), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 3.3, 3.3)
        return
    colours = {"published": theme.good, "scheduled": theme.accent, "invalid": theme.bad}
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.get(state, theme.dim)))
    painter.drawEllipse(centre, 4, 4)


def _smaller(font: QFont) -> QFont:
    """Return the font of what is said below a title."""
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(9, font.pixelSize() - 1))
    else:
        small.setPointSizeF(font.pointSizeF() * 0.92)
    return small


def _broken(title: str, font: QFont, width: int) -> tuple[str, ...]:
    """Return `title` in two lines, the second cut off where it is too long."""
    layout = QTextLayout(title, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    # Qt counts UTF-16 units.
    units = title.encode("utf-16-le")
    first = units[: 2 * line.textLength()].decode("utf-16-le", "ignore").rstrip()
    rest = units[2 * line.textLength() :].decode("utf-16-le", "ignore").strip()
    elided = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return (first, elided) if rest else (first,)
