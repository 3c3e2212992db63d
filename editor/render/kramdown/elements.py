"""What a text in kramdown's syntax is made of, before it becomes HTML."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(slots=True)
class AttributeList:
    """The content of `{: .class #id key="value" name}`."""

    values: dict[str, str] = field(default_factory=dict)
    refs: list[str] = field(default_factory=list)
    """Names of attribute list definitions; `toc`, `no_toc` and such mean something by themselves."""

    def add_class(self, name: str) -> None:
        """Add a class behind those that are there."""
        before = self.values.get("class")
        self.values["class"] = f"{before} {name}" if before else name


@dataclass(slots=True)
class Element:
    """A part of the text, with the parts that it holds."""

    kind: str
    """`p`, `ul`, `text`, …: mostly the name of the HTML element that it becomes."""
    value: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    listed: AttributeList | None = None
    """The attribute list that was written for it."""
    transparent: bool = False
    """Of a paragraph: its content stands in the list item without one."""
    is_span: bool = False
    """Of HTML, comments, math and the like: it stands within a line."""
    level: int = 0
    """Of a header, 1 to 6."""
    raw: str = ""
    """Of a header: the text that its id is made of; of an entity: how it was written; of code: its language."""
    model: str = ""
    """Of an HTML element, how its content is read: `block`, `span` or `raw`."""
    closed: bool = False
    """Of an HTML element: it was written as `<name />`."""
    alignment: list[str] = field(default_factory=list)
    """Of a table: one word a column, empty for none."""

    def attribute_list(self) -> AttributeList:
        """Return its attribute list, made for it where there was none."""
        if self.listed is None:
            self.listed = AttributeList()
        return self.listed

    def copy(self) -> Element:
        """Return an element that can be changed without changing this one, and what it holds likewise."""
        return replace(
            self,
            attributes=dict(self.attributes),
            children=[child.copy() for child in self.children],
            alignment=list(self.alignment),
        )

    def has_ref(self, name: str) -> bool:
        """Return whether its attribute list names `name`."""
        return self.listed is not None and name in self.listed.refs


@dataclass(slots=True)
class Link:
    """Where a reference link leads."""

    url: str
    title: str | None
    place: Element
    """Stands for the definition among the blocks: attributes of it are attributes of the links."""


@dataclass(slots=True)
class Definitions:
    """All that is defined somewhere in a text for the whole of it."""

    links: dict[str, Link] = field(default_factory=dict)
    attributes: dict[str, AttributeList] = field(default_factory=dict)
    abbreviations: dict[str, tuple[str, Element]] = field(default_factory=dict)
    footnotes: dict[str, Element] = field(default_factory=dict)

    def update(self, other: Definitions) -> None:
        """Take over what the other has; of attribute lists of one name, what both say."""
        self.links.update(other.links)
        self.abbreviations.update(other.abbreviations)
        self.footnotes.update(other.footnotes)
        for name, listed in other.attributes.items():
            mine = self.attributes.setdefault(name, AttributeList())
            for key, value in listed.values.items():
                if key == "class":
                    mine.add_class(value)
                else:
                    mine.values[key] = value
            mine.refs += listed.refs


def apply(
    attributes: dict[str, str], listed: AttributeList, definitions: dict[str, AttributeList], depth: int = 0
) -> None:
    """Lay an attribute list, and those that it names, over the attributes of an element."""
    for ref in listed.refs:
        if ref in definitions and depth < 12:
            apply(attributes, definitions[ref], definitions, depth + 1)
    for key, value in listed.values.items():
        if key == "class":
            attributes[key] = f"{attributes.get(key, '')} {value}".lstrip()
        else:
            attributes[key] = value
