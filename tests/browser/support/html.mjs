// Pages as text: their tags and attributes, read strictly. A page whose text could be taken for a tag is not read at all.

const ATTRIBUTE = /\s+([^\s"'<>\/=]+)(?:="([^"<]*)")?/y;
const OPEN = /<([a-zA-Z][a-zA-Z0-9]*)/y;
const OTHER = /<\/[a-zA-Z][a-zA-Z0-9]*>|<!doctype html>/iy;

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** Text as it is meant. */
export function unescaped(text) {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|([a-z]+));/g, (all, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? all;
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
  });
}

function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The opening tags of a page: their names, attributes, and the text up to the next tag. */
export function tags(text) {
  const found = [];
  let at = text.indexOf("<");
  while (at >= 0) {
    const open = match(OPEN, text, at);
    const other = open ? null : match(OTHER, text, at);
    if (!open && !other) throw new Error(`no tag of a page: ${text.slice(at, at + 60)}`);
    let end = at + (open ?? other)[0].length;
    if (open) {
      const attributes = {};
      for (let one = match(ATTRIBUTE, text, end); one; one = match(ATTRIBUTE, text, end)) {
        attributes[one[1].toLowerCase()] = unescaped(one[2] ?? "");
        end += one[0].length;
      }
      end += match(/\s*\/?/y, text, end)[0].length;
      if (text[end] !== ">") throw new Error(`a tag that does not end: ${text.slice(at, end + 20)}`);
      end += 1;
      found.push({ name: open[1].toLowerCase(), attributes, text: unescaped(text.slice(end).split("<", 1)[0]) });
    }
    at = text.indexOf("<", end);
  }
  return found;
}
