"""Signs by which a line is told."""

import re

MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)")
RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
FENCE = re.compile(r"(?P<marks>`{3,}+(?=[^`]*+$)|~{3,}+)(?P<info>.*)$")
HEADING = re.compile(r"(#{1,6})(?!#)")
UNDERLINE = re.compile(r"(?:=++|-++)[ \t]*+$")
CALL = re.compile(
    r"(!!!\+?|\?\?\?\+?|===[!+]{0,2})[ \t]++(?=\S)([^\"]*+)(?:\"((?:[^\"\\]|\\.)*+)\")?[ \t]*+$"
)
BLOCK_MARK = re.compile(r"/{3,}+(?:[ \t].*)?$|:{3,}+[ \t]*+(?:[\w{<\[].*)?$")
LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999}+)\]:")
