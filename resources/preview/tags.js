// Where in a block's HTML a change lies: between which children of which element. Only for HTML whose tags say outright
// what the browser makes of them; for anything else the answer is that it can't be told.
"use strict";

const copydeskTags = (() => {
  const TOKEN = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*>|<[!?/]/g;
  const VOID = new Set(
    "area base br col embed hr img input link meta param source track wbr".split(" "),
  );
  // Their content is no markup, they end where others begin, or the page has something else in their place.
  const OTHERS = new Set((
    "script style textarea title xmp iframe noembed noframes noscript template plaintext select option optgroup object frame " +
    "frameset form foreignobject annotation-xml html head body image rb rt rtc rp"
  ).split(" "));
  const HEADINGS = new Set("h1 h2 h3 h4 h5 h6".split(" "));
  const TABLE = {
    __proto__: null,
    table: ["caption", "colgroup", "thead", "tbody", "tfoot"], thead: ["tr"], tbody: ["tr"], tfoot: ["tr"], tr: ["td", "th"],
    colgroup: ["col"],
  };
  const IN_TABLE = new Set(Object.values(TABLE).flat());
  const ENTRIES = { __proto__: null, li: ["li"], dt: ["dt", "dd"], dd: ["dt", "dd"] };
  const ENDS_PARAGRAPH = new Set(
    ("address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
     "header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp").split(" "),
  );
  const FOREIGN = new Set(["math", "svg"]);
  const NOT_IN_ITSELF = new Set(["a", "nobr", "button"]);

  // An open element: its place among the children of its parent, how many children it has so far and where the last of
  // them ends; whether it is in or of MathML or SVG, whether in or of a paragraph.
  const opened = (name, index, last, parent) => ({
    name, index, last, count: 0,
    foreign: FOREIGN.has(name) || Boolean(parent?.foreign),
    paragraph: name === "p" || Boolean(parent?.paragraph),
    table: TABLE[name],
  });

  // The stack of open elements inside of elements named `outer`.
  const start = (outer) => {
    let bottom = opened("", 0, 0, null);
    for (const name of outer) bottom = opened(name, 0, 0, bottom);
    bottom.outer = outer;
    return [bottom];
  };

  // Take one token of `html` into the stack, `from` being where the one before ends; return whether the browser is sure to
  // see it so.
  const step = (stack, token, html, from) => {
    const [text, slash, tag] = token;
    const top = stack[stack.length - 1];
    if (top.table && /\S/.test(html.slice(from, token.index))) return false;
    if (tag === undefined) return text.startsWith("<!--");
    const end = token.index + text.length;
    if (slash) {
      if (stack.length < 2 || top.name !== (top.foreign ? tag : tag.toLowerCase())) return false;
      stack.pop();
      const parent = stack[stack.length - 1];
      parent.count += 1;
      parent.last = end;
      return true;
    }
    const name = top.foreign ? tag : tag.toLowerCase();
    if (name !== tag || OTHERS.has(name.toLowerCase())) return false;
    if (!top.foreign && !fits(name, top, stack)) return false;
    if (top.foreign ? text.endsWith("/>") : VOID.has(name)) {
      top.count += 1;
      top.last = end;
      return true;
    }
    stack.push(opened(name, top.count, end, top));
    return true;
  };

  // Whether an element `name` of HTML stays where its tag stands, inside of `parent`.
  const fits = (name, parent, stack) => {
    if (parent.table ? !parent.table.includes(name) : IN_TABLE.has(name)) return false;
    if (parent.paragraph && ENDS_PARAGRAPH.has(name)) return false;
    if (HEADINGS.has(name) && HEADINGS.has(parent.name)) return false;
    const entry = ENTRIES[name];
    if (!entry && !NOT_IN_ITSELF.has(name)) return true;
    const names = [...stack[0].outer, ...stack.slice(1).map((open) => open.name)];
    if (!entry) return !names.includes(name);
    for (let index = names.length - 1; index >= 0; index -= 1) {
      if (entry.includes(names[index])) return false;
      if (ENDS_PARAGRAPH.has(names[index]) && !["address", "div", "p"].includes(names[index])) break;
    }
    return true;
  };

  // How many elements `html` has, inside of elements named `outer`; -1 where that can't be told.
  const count = (html, outer) => {
    const stack = start(outer);
    let found = 0;
    let last = 0;
    TOKEN.lastIndex = 0;
    for (let token = TOKEN.exec(html); token; token = TOKEN.exec(html)) {
      if (!step(stack, token, html, last)) return -1;
      if (token[2] !== undefined && !token[1]) found += 1;
      last = TOKEN.lastIndex;
    }
    if (stack[0].table && /\S/.test(html.slice(last))) return -1;
    return stack.length === 1 ? found : -1;
  };

  // Between which children the part `begin` to `end` of `html` lies: {path: the elements down to their parent, each
  // {index among the children, name}, from and to: the children in question, nextName: the name of the one after them
  // (null: none), start and end in `html`}; or `up` levels further up. Null where that can't be told.
  const gap = (html, begin, end, up) => {
    const stack = start([]);
    let chain = null;
    let depth = 0;
    let last = 0;
    let token;
    TOKEN.lastIndex = 0;
    for (token = TOKEN.exec(html); token; token = TOKEN.exec(html)) {
      const inside = token.index + token[0].length > begin;
      if (inside && !chain) {
        chain = stack.map((open) => ({ ...open }));
        depth = chain.length - 1 - up;
      }
      if (chain && token.index >= end && stack.length - 1 === depth && token[2] !== undefined) break;
      if (!step(stack, token, html, last)) return null;
      last = TOKEN.lastIndex;
      if (chain && token.index < end) depth = Math.min(depth, stack.length - 1 - up);
      if (depth < 0) return null;
    }
    if (!chain) chain = stack.map((open) => ({ ...open }));
    if (!token && depth > 0) return null;
    const parent = chain[depth];
    // The line break at the beginning of a <pre> is the browser's to drop.
    if (["pre", "listing", "textarea"].includes(parent.name) && parent.count === 0) return null;
    return {
      path: chain.slice(1, depth + 1).map(({ index, name }) => ({ index, name })),
      from: parent.count,
      to: stack[depth].count,
      nextName: token && !token[1] ? token[2] : null,
      start: parent.last,
      end: token ? token.index : html.length,
    };
  };

  return { count, gap };
})();
