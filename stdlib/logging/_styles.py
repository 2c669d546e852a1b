# What the styles of a Formatter know of format strings, for the checks of logging.Formatter: the fields of '%(name)s',
# '{name}' and '${name}'. Written by hand, so that logging needs no regular expressions.


def _skip(text, at, accepted):
    while at < len(text) and text[at] in accepted:
        at += 1
    return at


def _skip_word(text, at):
    while at < len(text) and (text[at].isalnum() or text[at] == '_'):
        at += 1
    return at


def _skip_number(text, at, star='*'):
    # Digits, or a star, or (str.format) a nested field.
    if star == '*':
        return at + 1 if text[at:at + 1] == '*' else _skip(text, at, '0123456789')
    if text[at:at + 1] == '{':
        end = _skip_word(text, at + 1)
        return end + 1 if end > at + 1 and text[end:end + 1] == '}' else at
    return _skip(text, at, '0123456789')


def has_percent_field(text):
    """Whether a text has a field such as '%(name)-8s'."""
    at = text.find('%(')
    while at >= 0:
        end = _skip_word(text, at + 2)
        if end > at + 2 and text[end:end + 1] == ')':
            end = _skip_number(text, _skip(text, end + 1, '#0+ -'))
            if text[end:end + 1] == '.':
                after = _skip_number(text, end + 1)
                end = after if after > end + 1 else end   # a point alone is no part of a field
            if text[end:end + 1] and text[end].lower() in 'diouxefgcrsa%':
                return True
        at = text.find('%(', at + 1)
    return False


def _field_name_end(text, at):
    while at < len(text) and text[at] not in '}:!':
        if text[at] == '{':
            raise ValueError("unexpected '{' in field name")
        if text[at] == '[':
            at = text.find(']', at)
            if at < 0:
                break
        at += 1
    if not 0 <= at < len(text):
        raise ValueError("expected '}' before end of string")
    return at


def _spec_end(text, at):
    depth = 1
    while at < len(text):
        depth += {'{': 1, '}': -1}.get(text[at], 0)
        if not depth:
            return at
        at += 1
    raise ValueError("unmatched '{' in format spec")


def brace_fields(text):
    """The name, spec and conversion (or None) of each field of a text for str.format; ValueError as that raises it."""
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char not in '{}':
            continue
        if text[at:at + 1] == char:
            at += 1
            continue
        if char == '}' or at == len(text):
            raise ValueError(f"Single '{char}' encountered in format string")
        end = _field_name_end(text, at)
        name, spec, conversion = text[at:end], '', None
        if text[end] == '!':
            if end + 1 == len(text):
                raise ValueError("end of string while looking for conversion specifier")
            conversion = text[end + 1]
            end += 2
            if end == len(text):
                raise ValueError("unmatched '{' in format spec")
            if text[end] not in ':}':
                raise ValueError("expected ':' after conversion specifier")
        if text[end] == ':':
            start, end = end + 1, _spec_end(text, end + 1)
            spec = text[start:end]
        at = end + 1
        yield name, spec, conversion


def is_field_name(name):
    """Whether a name is a word with attributes and indices after it."""
    at = _skip_word(name, 0)
    if not at:
        return False
    while at < len(name):
        if name[at] == '.':
            end = _skip_word(name, at + 1)
        elif name[at] == '[':
            end = name.find(']', at + 1) + 1
        else:
            return False
        if end <= at + (1 if name[at] == '.' else 2):
            return False
        at = end
    return True


def is_format_spec(spec):
    """Whether a spec is one that numbers and texts take."""
    at = 2 if spec[1:2] in ('<', '=', '>', '^') else 1 if spec[:1] in ('<', '=', '>', '^') else 0
    at += spec[at:at + 1] in ('+', ' ', '-')
    at += spec[at:at + 1] == '#'
    at += spec[at:at + 1] == '0'
    at = _skip_number(spec, at, '{')
    at += spec[at:at + 1] in (',', '_')
    if spec[at:at + 1] == '.':
        end = _skip_number(spec, at + 1, '{')
        if end == at + 1:
            return False
        at = end
    at += at < len(spec) and spec[at].lower() in 'bcdefgnosx%'
    return at == len(spec)


class Template:
    """A text with $name and ${name}."""

    def __init__(self, text):
        self.template = text

    def _parts(self):
        # (text before, name or None, the placeholder as it stands); name '$' for '$$', '' for a lone '$'.
        text, at = self.template, 0
        while True:
            start = text.find('$', at)
            if start < 0:
                yield text[at:], None, start
                return
            if text[start + 1:start + 2] == '$':
                name, end = '$', start + 2
            else:
                braced = text[start + 1:start + 2] == '{'
                first = start + 1 + braced
                end = first
                while end < len(text) and text[end].isascii() and (text[end].isalpha() or text[end] == '_' or end > first and text[end].isdigit()):
                    end += 1
                name = text[first:end]
                if braced:
                    if name and text[end:end + 1] == '}':
                        end += 1
                    else:
                        name = ''
                if not name:
                    end = start + 1
            yield text[at:start], name, start
            at = end

    def fields(self):
        """The set of the names; a lone '$' is an error."""
        names = set()
        for _, name, _ in self._parts():
            if name == '':
                raise ValueError("invalid format: bare '$' not allowed")
            if name and name != '$':
                names.add(name)
        return names

    def substitute(self, **values):
        """The text with the values in place of their names."""
        made = []
        for before, name, start in self._parts():
            made.append(before)
            if name == '':
                lines = self.template[:start + 1].splitlines()
                raise ValueError(f'Invalid placeholder in string: line {len(lines)}, col {len(lines[-1])}')
            if name is not None:
                made.append('$' if name == '$' else str(values[name]))
        return ''.join(made)
