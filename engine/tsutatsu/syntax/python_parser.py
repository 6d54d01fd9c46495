"""Python's own YAML parser, for machines where PyYAML was built without libyaml."""

from typing import Any

import yaml

_BLANKS = "\0 \t\r\n\x85\u2028\u2029"


class PythonLoader(yaml.SafeLoader):
    """PyYAML's Python parser, reading ``{英: May one?}`` as libyaml does: the stock one ends plain text at any ``?``
    inside brackets, and so would refuse law that is sound elsewhere."""

    def scan_plain(self: Any) -> yaml.ScalarToken:
        """Plain text up to what ends it: a comment, ``: ``, a bracket or comma inside brackets, or less indentation."""
        start = end = self.get_mark()
        indent = self.indent + 1
        before_value = _BLANKS + (",?[]{}" if self.flow_level else "")
        closing = _BLANKS + (",[]{}" if self.flow_level else "")
        chunks: list[str] = []
        spaces: list[str] = []
        while self.peek() != "#":
            length = 0
            while (character := self.peek(length)) not in closing:
                if character == ":" and self.peek(length + 1) in before_value:
                    break
                length += 1
            if length == 0:
                break
            self.allow_simple_key = False
            chunks += [*spaces, self.prefix(length)]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(indent, start)
            if not spaces or (not self.flow_level and self.column < indent):
                break
        return yaml.ScalarToken("".join(chunks), True, start, end)
