"""page_renderer(): what renders posts for checks, by one worker that is started when it is first needed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from editor.errors import CopydeskError
from editor.proof.page_renderer import PageRenderer
from editor.render.picture_size import picture_size
from editor.render.process import BlockingRenderer
from editor.render.protocol import RenderResult
from editor.site.site import Site


@contextmanager
def page_renderer(
    failed: Callable[[Path | None, CopydeskError], None] = lambda _path, _error: None,
) -> Iterator[PageRenderer]:
    """Give a renderer of pages; its worker ends with the block. `failed` is told why there is no page of a post."""
    with BlockingRenderer() as blocking:

        def render(site: Site, path: Path | None, text: str) -> RenderResult | None:
            try:
                context = site.page_context(path, site.read(text).values, text)
                blocking.open(text, site.dialect, context)
                return blocking.render()
            except CopydeskError as error:
                failed(path, error)
                return None  # the rules that need the page are silent

        yield PageRenderer(render, measure=picture_size)
