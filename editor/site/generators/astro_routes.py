"""Which page of an Astro site shows a collection's posts, and what its address is made of.

That is the page with a parameter in its name (https://docs.astro.build/en/guides/routing/#dynamic-routes) whose
`getStaticPaths` asks for the collection: in itself, or in functions of the site that it imports.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_GET = re.compile(r"getCollection\s*(?:<[^>]*>)?\(\s*[\"'`]([^\"'`]+)[\"'`]")
_GET_ANY = re.compile(r"getCollection\s*(?:<[^>]*>)?\(\s*(?![\"'`\s])")
_IMPORT = re.compile(r"import\s+(?:type\s+)?([^;'\"]*?)\s*from\s*[\"']([^\"']+)[\"']")
_PARAMETER = re.compile(r"\[(?:\.\.\.)?(\w+)\]")
_SUFFIXES = ("", ".ts", ".js", ".mjs", ".tsx", "/index.ts", "/index.js", "/index.mjs")
_FARTHEST = 4
"""Files from a page to the function that asks for the posts."""


@dataclass(frozen=True, slots=True)
class Route:
    """The pages of a collection."""

    path: str
    """Their path, with `{}` for the parameter."""
    key: str = ""
    """The key of the front matter that is the parameter; empty for the post's id."""
    told: bool = True
    """Whether the parameter is the id or a key; else the site's code makes it."""
    or_id: bool = False
    """Whether the id takes the place of a key that a post doesn't have."""


class Routes:
    """The pages of a site that have a parameter, by what its code asks for."""

    def __init__(self, code: Mapping[Path, str], source: Path) -> None:
        """Look through the site's `code`, by file, below its folder `source`."""
        self._code = code
        self._source = source
        self._found: dict[str, list[Route]] = {}
        self.complete = True
        """Whether all that pages ask for is told; a name that is computed hides it."""
        pages = source / "pages"
        for path, text in code.items():
            if path.is_relative_to(pages) and path.suffix == ".astro":
                self._look_at(path, text, path.relative_to(pages).with_suffix("").as_posix())

    def of(self, collection: str) -> Route | None:
        """Return the route of a collection: of several the one that says most; None where no page asks for it."""
        found = self._found.get(collection, ())
        return min(found, key=lambda route: (not route.told, len(route.path)), default=None)

    @property
    def known(self) -> bool:
        """Whether a collection that has no route has no pages."""
        return bool(self._found) and self.complete

    def _look_at(self, path: Path, text: str, inner: str) -> None:
        names = [match[0] for match in _PARAMETER.finditer(inner)]
        if not names:
            return
        body = _body(text, "getStaticPaths") or text
        if re.search(r"\bpaginate\s*\(", body):
            return  # lists of posts, page by page
        single = len(names) == 1 and posixpath.basename(inner) == names[0]
        for name in set(self._asked(path, body, 0)):
            route = Route("/" + inner.replace(names[0], "{}"), told=False)
            if single:
                route = _route(route.path, names[0].strip("[.]"), body)
            self._found.setdefault(name, []).append(route)

    def _asked(self, path: Path, body: str, depth: int, *, named: bool = False) -> Iterator[str]:
        """Yield the collections that a part of the file `path` asks for, also by functions it imports.

        `named` says whether the one that it asks for by a variable was told where it was called.
        """
        yield from _GET.findall(body)
        if not named and _GET_ANY.search(body):
            self.complete = False
        if depth >= _FARTHEST:
            return
        text = self._code[path]
        for match in _IMPORT.finditer(text):
            used = [name for name in re.findall(r"[\w$]+", match[1]) if re.search(rf"\b{name}\s*\(", body)]
            target = self._file(path, match[2]) if used else None
            for name in used if target is not None else ():
                inner = _body(self._code[target], name) if target else ""
                if inner and target:
                    given = _named_to(name, body) if _GET_ANY.search(inner) else []
                    yield from given
                    yield from self._asked(target, inner, depth + 1, named=bool(given))
        for name in set(re.findall(r"\b([a-z][\w$]*)\s*\(", body)):
            own = _body(text, name)
            if own and own != body and own not in body:
                yield from self._asked(path, own, depth + 1)

    def _file(self, path: Path, name: str) -> Path | None:
        """Return the file of the site that an import names: beside it, or by an alias for a folder of `src`."""
        if name.startswith("."):
            bases = [path.parent / name]
        else:
            inner = name.partition("/")[2]
            bases = [self._source / inner, self._source / name.lstrip("@~#/"), self._source.parent / name]
        for base in bases:
            for suffix in _SUFFIXES:
                file = Path(posixpath.normpath(base.as_posix() + suffix))
                if file in self._code:
                    return file
        return None


def _named_to(function: str, body: str) -> list[str]:
    """Return the texts that a function is called with."""
    return re.findall(rf"\b{re.escape(function)}\s*\(\s*[\"'`]([^\"'`]+)[\"'`]", body)


def _body(text: str, name: str) -> str:
    """Return the part of a file that defines the function `name`: up to what is exported or defined next."""
    start = re.search(
        rf"(?m)^\s*(?:export\s+)?(?:async\s+)?(?:function|const|let)\s+{re.escape(name)}\b", text
    )
    if start is None:
        return ""
    end = re.search(
        r"(?m)^(?:export|const|let|function|async function|interface|type|---)\b", text[start.end() :]
    )
    fence = text.find("\n---", start.end())
    stop = start.end() + end.start() if end else len(text)
    return text[start.start() : min(stop, fence) if fence != -1 else stop]


def _route(path: str, parameter: str, body: str) -> Route:
    given = re.search(rf"params\s*:\s*\{{\s*{parameter}\s*(?::\s*([^,}}]+?))?\s*[,}}]", body)
    made = (given[1] or "") if given else ""
    if given and not made:  # { slug } alone: what a constant of that name is
        bound = re.search(rf"(?:const|let)\s+{parameter}\s*=\s*([^;\n]+)", body)
        made = bound[1].strip() if bound else "?"
    if not made or (re.fullmatch(r"[\w$.]*\.(?:id|slug)", made) and ".data." not in made):
        return Route(path)
    own = re.fullmatch(r"[\w$]+\.data\.(\w+)(?:\s*(?:\?\?|\|\|)\s*[\w$]+\.(id|slug))?", made)
    return Route(path, own[1], or_id=bool(own[2])) if own else Route(path, told=False)
