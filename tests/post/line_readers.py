"""Reads front matter with the generators themselves; run by their own interpreters, not by the tests'.

    python line_readers.py pelican|nikola < texts.json > values.json

The input is a list of texts; the output a list of what the generator makes of each: its metadata as text or lists
of text, and its body.
"""

import json
import sys
from typing import Any


def pelican(text: str) -> tuple[dict[str, Any], Any]:
    from markdown import Markdown
    from pelican.readers import MarkdownReader, ensure_metadata_list
    from pelican.settings import DEFAULT_CONFIG

    class Reader(MarkdownReader):
        """Pelican's reader, its values left as the text that it got."""

        def process_metadata(self, name: str, value: Any) -> Any:
            if name in ("title", "summary") and isinstance(value, list):
                return "\n".join(value)  # as Pelican does it before it formats a summary
            return ensure_metadata_list(value) if name in ("tags", "authors") else value

    reader = Reader({**DEFAULT_CONFIG, "FORMATTED_FIELDS": []})
    reader._source_path = ""
    reader._md = Markdown(**reader.settings["MARKDOWN"])
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for name in ("normalize_whitespace", "meta"):
        lines = reader._md.preprocessors[name].run(lines)
    return reader._parse_metadata(reader._md.Meta), "\n".join(lines).strip()


def nikola(text: str) -> tuple[dict[str, Any], Any]:
    from nikola.metadata_extractors import NikolaMetadata

    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    values = {key: value.strip() for key, value in NikolaMetadata().extract_text(text).items()}
    if "tags" in values:
        values["tags"] = [tag.strip() for tag in values["tags"].split(",") if tag.strip()]
    return values, NikolaMetadata().split_metadata_from_text(text)[1].strip()


if __name__ == "__main__":
    read = {"pelican": pelican, "nikola": nikola}[sys.argv[1]]
    json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
