// Which nodes of a page that the site's generator has built are the blocks of the post: found by what they say, so that it
// works for any theme. Nothing is changed here but for comments, which keep the place of what has nothing to show.
"use strict";

const copydeskAdoption = (() => {
  const ENOUGH = 0.5; // of the blocks must be found
  const ALIKE = 0.5; // of the words
  const UNSAID = "script, style, template, noscript, button";

  const { workshop } = copydeskNodes;

  const isShown = (node) => node.nodeType === Node.ELEMENT_NODE || (node.nodeType === Node.TEXT_NODE && node.data.trim());

  const textOf = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE || !node.querySelector(UNSAID)) return node.textContent;
    const copy = workshop.importNode(node, true);
    for (const unsaid of copy.querySelectorAll(UNSAID)) unsaid.remove();
    return copy.textContent;
  };

  // Letters and digits only: signs are what themes add to headings, or write in another way.
  const bare = (text) => text.replace(/[^\p{L}\p{N}]+/gu, "");

  const mediaOf = (element) => [...element.querySelectorAll("img, video, audio, iframe, svg, input, hr")].map((part) => {
    const address = part.getAttribute("src") ?? part.getAttribute("data-src") ?? "";
    return `${part.localName} ${/^data:/.test(address) ? "" : address.replace(/[?#].*$/, "").split("/").at(-1)}`;
  }).join(",");

  const keyOf = (node) => {
    const said = bare(textOf(node));
    if (node.nodeType !== Node.ELEMENT_NODE) return `#text|${said}`;
    const own = node.localName === "img" ? (node.getAttribute("src") ?? "").split("/").at(-1) : "";
    return `${node.localName}|${said || own || mediaOf(node)}`;
  };

  const wordsOf = (node) => new Set(textOf(node).toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);

  const alike = (one, other) => {
    const [first, second] = [wordsOf(one), wordsOf(other)];
    let both = 0;
    for (const word of first) if (second.has(word)) both += 1;
    return both >= ALIKE * Math.max(first.size, second.size);
  };

  // ---- in order -----------------------------------------------------------------------------------------------

  // The longest of the rising series in `pairs` ([left, right], the lefts rising) by their rights.
  const rising = (pairs) => {
    const ends = []; // of the series of each length, the one that ends lowest
    const before = new Array(pairs.length).fill(-1);
    pairs.forEach(([, right], index) => {
      let [low, high] = [0, ends.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (pairs[ends[middle]][1] < right) low = middle + 1;
        else high = middle;
      }
      if (low > 0) before[index] = ends[low - 1];
      ends[low] = index;
    });
    const found = [];
    for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index]) found.unshift(pairs[index]);
    return found;
  };

  // Which of `theirs` each of `ours` (both lists of keys) is: in order, -1 where it is none.
  const inOrder = (ours, theirs) => {
    const places = (keys) => {
      const found = new Map();
      keys.forEach((key, index) => found.set(key, found.has(key) ? -1 : index));
      return found;
    };
    const there = places(theirs);
    const sure = [...places(ours)].filter(([key, index]) => index >= 0 && (there.get(key) ?? -1) >= 0)
      .map(([key, index]) => [index, there.get(key)]);
    const pairs = new Array(ours.length).fill(-1);
    const anchors = [...rising(sure.sort(([one], [other]) => one - other)), [ours.length, theirs.length]];
    let [from, place] = [0, 0];
    for (const [to, limit] of anchors) {
      for (let index = from; index < to; index += 1) {
        const found = theirs.indexOf(ours[index], place);
        if (found < 0 || found >= limit) continue;
        pairs[index] = found;
        place = found + 1;
      }
      if (to < ours.length) pairs[to] = limit;
      [from, place] = [to + 1, limit + 1];
    }
    return pairs;
  };

  // ---- the place ----------------------------------------------------------------------------------------------

  // The element of the page that holds most of what has one of `keys`, and all elements with such a key: key -> list.
  const findPlace = (keys, names) => {
    const wanted = new Set(keys);
    const known = new Map();
    const holds = new Map(); // element -> the keys that its children have
    for (const element of document.body.querySelectorAll([...names].map((name) => CSS.escape(name)).join(", "))) {
      const key = keyOf(element);
      if (!wanted.has(key)) continue;
      known.set(key, [...(known.get(key) ?? []), element]);
      const parent = element.parentElement;
      if (!holds.has(parent)) holds.set(parent, new Set());
      holds.get(parent).add(key);
    }
    let best = null;
    for (const [element, held] of holds) if (!best || held.size > holds.get(best).size) best = element;
    return { container: best, known };
  };

  // What of `container`'s child says all that it says, and is of the kind of `node`: what a theme has put a box around.
  const inside = (child, node) => {
    if (child.nodeType !== Node.ELEMENT_NODE || node.nodeType !== Node.ELEMENT_NODE) return null;
    const found = child.querySelector(CSS.escape(node.localName));
    return found && keyOf(found) === keyOf(node) && bare(textOf(child)) === bare(textOf(found)) ? found : null;
  };

  // Find the blocks `sources`, each a list of nodes as published. Returns null, or {container, pieces}: for each block
  // {nodes, part, inner}, nodes being empty where nothing of the page is this block's, and `sure`, whether it says the same.
  // With `asBuilt`, the page was built from just these blocks: what differs is what only the build knows how to make.
  const find = (sources, asBuilt) => {
    const ours = sources.flatMap((nodes, owner) => nodes.filter(isShown).map((node) => ({ node, owner, key: keyOf(node) })));
    const names = new Set(ours.filter(({ node }) => node.nodeType === Node.ELEMENT_NODE).map(({ node }) => node.localName));
    if (!names.size) return null;
    const { container, known } = findPlace(ours.map(({ key }) => key), names);
    if (!container) return null;

    const children = [...container.childNodes].filter(isShown);
    const keys = children.map(keyOf);
    // A box around one of ours takes its key.
    const boxed = new Map();
    const loose = new Map(ours.filter(({ key }) => !keys.includes(key)).map(({ node }) => [bare(textOf(node)), node]));
    children.forEach((child, index) => {
      const node = loose.get(bare(textOf(child)));
      const inner = node && inside(child, node);
      if (!inner) return;
      boxed.set(index, inner);
      keys[index] = keyOf(node);
    });
    const pairs = inOrder(ours.map(({ key }) => key), keys);

    const pieces = sources.map((nodes) => ({
      nodes: [], part: container, inner: null, sure: true, shown: nodes.some(isShown), first: -1, last: -1,
    }));
    ours.forEach(({ owner }, index) => {
      const place = pairs[index];
      const piece = pieces[owner];
      if (place < 0) {
        piece.sure = false;
        return;
      }
      if (piece.first < 0) piece.first = place;
      piece.last = place;
      piece.inner = boxed.get(place) ?? null;
    });
    const shown = pieces.filter((piece) => piece.shown);
    if (shown.filter(({ first }) => first >= 0).length < ENOUGH * shown.length) return null;

    fillGaps(pieces, sources, children, asBuilt);
    for (const piece of pieces) {
      if (piece.first < 0) continue;
      piece.nodes = between(children[piece.first], children[piece.last]);
      if (sources[pieces.indexOf(piece)].filter(isShown).length !== 1) piece.inner = null;
    }
    // What the theme has moved elsewhere, as a heading to the top of the page.
    pieces.forEach((piece, index) => {
      const said = sources[index].filter(isShown);
      if (piece.first >= 0 || said.length !== 1) return;
      const elsewhere = (known.get(keyOf(said[0])) ?? []).filter((element) => !container.contains(element));
      if (elsewhere.length !== 1 || !bare(textOf(elsewhere[0]))) return;
      Object.assign(piece, { nodes: elsewhere, part: elsewhere[0].parentElement, sure: true });
    });
    return { container, pieces };
  };

  // The nodes from `first` to `last`, and the blanks behind them.
  const between = (first, last) => {
    const nodes = [];
    for (let node = first; node; node = node.nextSibling) {
      nodes.push(node);
      if (node === last) break;
    }
    const blank = last.nextSibling;
    if (blank?.nodeType === Node.TEXT_NODE && !blank.data.trim()) nodes.push(blank);
    return nodes;
  };

  // Between those that were found, what was not found is what stands there: one of its kind, or one that says much the same.
  const fillGaps = (pieces, sources, children, asBuilt) => {
    let index = 0;
    let place = 0;
    while (index < pieces.length) {
      if (pieces[index].first >= 0) {
        place = pieces[index].last + 1;
        index += 1;
        continue;
      }
      let end = index;
      while (end < pieces.length && pieces[end].first < 0) end += 1;
      const limit = end < pieces.length ? pieces[end].first : children.length;
      const bounded = index > 0 && place > 0 && end < pieces.length;
      fillGap(pieces.slice(index, end), sources.slice(index, end), children, place, limit, asBuilt, bounded);
      index = end;
    }
  };

  const fillGap = (pieces, sources, children, from, limit, asBuilt, bounded) => {
    let next = from;
    pieces.forEach((piece, index) => {
      const node = sources[index].find(isShown);
      if (!node) return;
      for (let place = next; place < limit; place += 1) {
        const child = children[place];
        if (child.nodeName !== node.nodeName || !((asBuilt && bounded) || alike(child, node))) continue;
        piece.first = piece.last = place;
        next = place + 1;
        return;
      }
    });
    if (!asBuilt || !bounded) return;
    // What is left there was made of these blocks, by the build alone: a shortcode's output, a diagram.
    const shown = pieces.filter((piece) => piece.shown);
    if (!shown.length) return;
    let owner = null;
    for (let place = from; place < limit; place += 1) {
      const taken = shown.find((piece) => piece.first >= 0 && piece.first <= place && place <= piece.last);
      if (taken) {
        owner = taken;
        continue;
      }
      const after = shown[shown.indexOf(owner) + 1];
      if (after && after.first < 0) owner = after;
      owner ??= shown[0];
      owner.first = owner.first < 0 ? place : Math.min(owner.first, place);
      owner.last = Math.max(owner.last, place);
    }
  };

  return { find, isShown };
})();
