"""Addresses and slugs as hexo-util 3 writes them (encode_url.js, url_for.js, slugize.js, strip_html.js).

hexo-renderer-marked 7 brings that version with it.
"""

import re
import unicodedata
from urllib.parse import quote, unquote, urljoin, urlsplit

_URI = ";,/?:@&=+$-_.!~*'()#"
"""What JavaScript's encodeURI leaves as it is, beside letters and digits."""

_PATH = "%!$&'()*+,-./:;=@[\\]^_|~"
"""What an address keeps in its path (URL Living Standard, path percent-encode set)."""

_SCHEME = re.compile(r"[a-zA-Z0-9.+-]+:")
_WEB = ("http", "https", "ftp", "ws", "wss")
_PORTS = {"http": ":80", "https": ":443", "ftp": ":21"}
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_CONTROL = re.compile(r"[\x00-\x1f]")
_LETTERS = str.maketrans(
    {"ß": "s", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L"}
    | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
)
_TAG = re.compile(r"<!--.*?-->|<(?=[^\s])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_ENTITIES = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&#96;": "`",
    "&#x2F;": "/",
    "&#x3D;": "=",
}


def encode_url(url: str) -> str:
    """Return an address with its parts percent-encoded. Raises ValueError for one that can't be read."""
    if not _SCHEME.match(url):
        return quote(unquote(url), safe=_URI)
    parts = urlsplit(url.replace("\\", "/"))
    if parts.scheme not in _WEB:
        return url
    host = parts.netloc.rpartition("@")
    place = host[0] + host[1] + host[2].lower().removesuffix(_PORTS.get(parts.scheme, "/"))
    path = parts.path or "/"
    if "/." in path:
        path = urlsplit(urljoin("http://x/", path)).path
    path = quote(path, safe=_PATH)
    query = quote(unquote(parts.query), safe=_URI.replace("#", "").replace("'", ""))
    fragment = quote(parts.fragment, safe=_PATH + "?#{}^")
    return (
        f"{parts.scheme}://{place}{path}{'?' + query if query else ''}{'#' + fragment if '#' in url else ''}"
    )


def url_for(path: str, root: str) -> str:
    """Return the address of a file of the site; `root` is what all addresses begin with."""
    if _SCHEME.match(path) or path.startswith(("//", "#")):
        return path
    return encode_url(re.sub(r"/{2,}", "/", root + path))


def slugized(text: str, transform: int = 0) -> str:
    """Return a text as it stands in an id; `transform` is 1 for small letters, 2 for capitals."""
    plain = unicodedata.normalize("NFD", text.translate(_LETTERS))
    plain = "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")
    plain = _CONTROL.sub("", unicodedata.normalize("NFC", plain))
    slug = re.sub("-{2,}", "-", _SPECIAL.sub("-", plain)).strip("-")
    return slug.lower() if transform == 1 else slug.upper() if transform == 2 else slug


def without_tags(html: str) -> str:
    """Return HTML without its tags and comments; references stay."""
    return _TAG.sub("", html)


def unescaped(html: str) -> str:
    """Return HTML with the references replaced that hexo-util writes."""
    return re.sub("|".join(_ENTITIES), lambda found: _ENTITIES[found[0]], html)
