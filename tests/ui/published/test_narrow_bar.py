"""The preview's bar where there is little room."""

POST = "docs/blog/posts/post.md"


def test_nothing_in_the_bar_is_cut(built_window):
    window = built_window()
    window.open(POST)
    pane = window.window.preview_pane
    window.wait(pane.badge.isVisible)
    switch, badge = pane.look_switch, pane.badge
    bar = switch.parentWidget()
    pane.layout().removeWidget(bar)  # which would give it its own width
    seen = []
    for width in range(700, pane.minimumWidth() - 1, -20):
        bar.resize(width, 40)
        bar.layout().activate()
        parts = [switch.reading, switch.published, badge, *pane._width_buttons]
        for part in parts:
            assert not part.isVisible() or part.width() >= part.sizeHint().width(), (width, part.objectName())
        assert badge.geometry().right() < width
        assert switch.published.icon().isNull() is bool(switch.published.text())
        seen.append((bool(badge.text()), pane._width_buttons[0].isVisible(), bool(switch.published.text())))
    assert list(dict.fromkeys(seen)) == [
        (True, True, True),
        (False, True, True),
        (False, False, True),
        (False, False, False),
    ]
    assert badge.accessibleDescription().startswith(("As published", "1 difference", "2 differences"))
    bar.resize(700, 40)
    assert badge.text() and switch.published.text()
