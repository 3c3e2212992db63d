// Where in a block's HTML a change lies: between which children of which element. Only for HTML whose tags say outright
// what the browser makes of them; for anything else the answer is that it can't be told.
"use strict";

const copydeskTags = (() => {
  const TOKEN = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*>|<[!?/]/g;
  const VOID = new Set(
    "area base br col embed hr img input link meta param source track wbr".split(" "),
  );
  // Their content is no markup, or the page has something else in their place.
  const OTHERS = new Set(
    "script style textarea title xmp iframe noembed noframes noscript template plaintext select option object frameset form foreignobject annotation-xml".split(" "),
  );
  const ENDS_PARAGRAPH = new Set(
    ("address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
     "header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp").split(" "),
  );
  const FOREIGN = new Set(["math", "svg"]);
  const NOT_IN_ITSELF = new Set(["a", "nobr", "button"]);

  // Take one token into the stack of open elements, each {name, index, count, last, inner}; return whether the browser
  // is sure to see it so.
  const step = (stack, token, outer) => {
    const [text, slash, tag] = token;
    if (tag === undefined) return text.startsWith("<!--");
    const end = token.index + text.length;
    const foreign = stack.some((open) => FOREIGN.has(open.name)) || outer.some((open) => FOREIGN.has(open));
    const name = foreign ? tag : tag.toLowerCase();
    const top = stack[stack.length - 1];
    if (slash) {
      if (stack.length < 2 || top.name !== name) return false;
      stack.pop();
      const parent = stack[stack.length - 1];
      parent.count += 1;
      parent.last = end;
      return true;
    }
    if (OTHERS.has(name.toLowerCase()) || name !== tag) return false;
    if (!foreign && ENDS_PARAGRAPH.has(name) && (outer.includes("p") || stack.some((open) => open.name === "p"))) return false;
    if (!foreign && NOT_IN_ITSELF.has(name) && (outer.includes(name) || stack.some((open) => open.name === name))) return false;
    if (foreign ? text.endsWith("/>") : VOID.has(name)) {
      top.count += 1;
      top.last = end;
      return true;
    }
    stack.push({ name, index: top.count, count: 0, last: end, inner: end });
    return true;
  };

  const bottom = () => ({ name: "", index: 0, count: 0, last: 0, inner: 0 });

  // How many elements `html` has, inside of elements named `outer`; -1 where that can't be told.
  const count = (html, outer = []) => {
    const stack = [bottom()];
    let found = 0;
    TOKEN.lastIndex = 0;
    for (let token = TOKEN.exec(html); token; token = TOKEN.exec(html)) {
      if (!step(stack, token, outer)) return -1;
      if (token[2] !== undefined && !token[1]) found += 1;
    }
    return stack.length === 1 ? found : -1;
  };

  // Between which children the part `start` to `end` of `html` lies: {path: the elements down to their parent, each
  // {index among the children, name}, from and to: the children in question, nextName: the name of the one after them
  // (null: none), start and end in `html`}; or `up` levels further up. Null where that can't be told.
  const gap = (html, start, end, up) => {
    const stack = [bottom()];
    let chain = null;
    let depth = 0;
    let token;
    TOKEN.lastIndex = 0;
    for (token = TOKEN.exec(html); token; token = TOKEN.exec(html)) {
      const inside = token.index + token[0].length > start;
      if (inside && !chain) {
        chain = stack.map((open) => ({ ...open }));
        depth = chain.length - 1 - up;
      }
      if (chain && token.index >= end && stack.length - 1 === depth && token[2] !== undefined) break;
      if (!step(stack, token, [])) return null;
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
