"""Parts that flavours are made of: each a function `plugin(md, ...)` that adds rules to a MarkdownIt."""
