// The blocks of the post on the page: a patch replaces some by others, and what did not change keeps its nodes. Where a
// block takes the place of one of its kind, the old nodes are made to show the new text (nodes.js).
//
// The blocks stand in parts of a few dozen each: the browser lays out and paints only the parts that are near the view.
"use strict";

const copydeskBlocks = (() => {
  const PART = 48; // blocks in a part
  const LARGEST_PART = 2 * PART;
  const OPENED = 6000; // characters: a longer block is not parsed anew for a change inside it
  const HIGHEST = 6; // how many levels up a change inside a block may turn out to reach

  const article = document.getElementById("copydesk-article");
  const { arrange, cleaned, mergedNodes, parse, setup, workshop } = copydeskNodes;
  const list = []; // {html, lines, nodes, part, regular, marks}
  let sizes = new WeakMap(); // part -> how many blocks it holds

  // ---- a change inside a long block ---------------------------------------------------------------------------

  // Put only what differs inside the block into the page, all but `head` characters at the beginning of its HTML and
  // `tail` at the end, or return false where that can't be told from the text alone.
  const splice = (block, html, head, tail) => {
    const before = block.html;
    const elements = block.nodes.filter((node) => node.nodeType === Node.ELEMENT_NODE);
    if (block.regular && block.counted === undefined) {
      const inPage = elements.reduce((sum, element) => sum + 1 + element.getElementsByTagName("*").length, 0);
      block.counted = copydeskTags.count(before, []) === inPage;
    }
    if (!block.regular || !block.counted) return false;
    for (let up = 0; up < HIGHEST; up += 1) {
      const gap = copydeskTags.gap(before, head, before.length - tail, up);
      if (!gap || (gap.end - gap.start) * 2 > before.length) return false;
      const middle = html.slice(gap.start, gap.end + html.length - before.length);
      if (copydeskTags.count(middle, gap.path.map(({ name }) => name)) >= 0) return putIn(block, elements, gap, middle);
    }
    return false;
  };

  // Make the children in `gap` of an element of `block` show `middle`, if they are the ones that are meant.
  const putIn = (block, elements, gap, middle) => {
    let container = null;
    let children = elements;
    for (const { index, name } of gap.path) {
      container = children[index];
      if (container?.localName !== name) return false;
      children = container.children;
    }
    if (gap.nextName === null ? children.length !== gap.to : children[gap.to]?.localName !== gap.nextName) return false;
    const root = workshop.createElement("div");
    let inner = root;
    const copies = [];
    for (let outer = container; outer && outer !== block.part; outer = outer.parentNode) {
      copies.push(workshop.importNode(outer, false));
    }
    for (const copy of copies.reverse()) {
      inner.append(copy);
      inner = copy;
    }
    inner.innerHTML = middle;
    if (!cleaned(root)) block.regular = false;
    const last = block.nodes.at(-1);
    const following = gap.nextName === null ? (container ? null : last.nextSibling) : children[gap.to];
    const first = gap.from > 0 ? children[gap.from - 1].nextSibling : (container ? container.firstChild : block.nodes[0]);
    const outgoing = [];
    for (let node = first; node && node !== following; node = node.nextSibling) outgoing.push(node);
    const before = block.nodes[0].previousSibling;
    const result = mergedNodes(outgoing, [...inner.childNodes]);
    const kept = new Set(result);
    for (const node of outgoing) if (!kept.has(node)) node.remove();
    arrange(container ?? block.part, result, following);
    if (!container) block.nodes = nodesBetween(block.part, before, gap.nextName === null ? following : last.nextSibling);
    return true;
  };

  const nodesBetween = (parent, before, after) => {
    const nodes = [];
    for (let node = before ? before.nextSibling : parent.firstChild; node && node !== after; node = node.nextSibling) {
      nodes.push(node);
    }
    return nodes;
  };

  // ---- the list of blocks -------------------------------------------------------------------------------------

  const textOf = (html) => html.replace(/<[^>]*>/g, "").trim();
  const nameOf = (html) => /<([a-zA-Z][^\s/>]*)/.exec(html)?.[1];

  // Which old block (by index) each new one continues: those of equal text, then in order those of one kind.
  const paired = (outgoing, incoming) => {
    const pairs = new Map();
    if (outgoing.length === 1 && incoming.length === 1) return pairs.set(0, 0);
    const places = new Map();
    outgoing.forEach(({ html }, index) => {
      const text = textOf(html);
      if (!text) return;
      if (!places.has(text)) places.set(text, []);
      places.get(text).push(index);
    });
    let from = 0;
    incoming.forEach(({ html }, index) => {
      const found = places.size ? places.get(textOf(html))?.find((place) => place >= from) : undefined;
      if (found === undefined) return;
      pairs.set(index, found);
      from = found + 1;
    });
    let old = 0;
    let limits = null; // for each new block, the old one that the next pair after it has
    incoming.forEach(({ html }, index) => {
      if (pairs.has(index)) {
        old = pairs.get(index) + 1;
        return;
      }
      if (!limits) {
        limits = new Array(incoming.length);
        let limit = outgoing.length;
        for (let later = incoming.length - 1; later >= 0; later -= 1) {
          limits[later] = limit;
          if (pairs.has(later)) limit = pairs.get(later);
        }
      }
      const name = nameOf(html);
      for (let candidate = old; candidate < Math.min(limits[index], old + 8); candidate += 1) {
        if (nameOf(outgoing[candidate].html) === name) {
          pairs.set(index, candidate);
          old = candidate + 1;
          return;
        }
      }
    });
    return pairs;
  };

  const update = (block, html, head, tail) => {
    if (block.html === html) return;
    if (head === undefined || block.html.length < OPENED || !splice(block, html, head, tail)) {
      const { nodes, regular } = parse(html);
      const result = mergedNodes(block.nodes, nodes);
      const kept = new Set(result);
      const following = block.nodes.at(-1).nextSibling;
      for (const node of block.nodes) if (!kept.has(node)) node.remove();
      arrange(block.part, result, following);
      block.nodes = result;
      block.regular = regular;
      block.counted = undefined;
    }
    block.html = html;
  };

  // Replace `removed` blocks from `start` on by `entries`, each [html, lines], or [what differs, lines, how much of the
  // old block's HTML stays before it, and after it].
  const replace = (start, removed, entries) => {
    const outgoing = list.slice(start, start + removed);
    const incoming = entries.map(([html, lines, head, tail], index) => {
      if (head === undefined) return { html, lines };
      const before = outgoing[index].html;
      return { html: before.slice(0, head) + html + before.slice(before.length - tail), lines, head, tail, from: index };
    });
    const pairs = paired(outgoing, incoming);
    const kept = new Set(pairs.values());
    outgoing.forEach((block, index) => {
      if (kept.has(index)) return;
      for (const node of block.nodes) node.remove();
      leave(block.part);
    });
    const after = list[start + removed];
    const nextPaired = new Array(incoming.length); // for each new block, the next that is kept
    for (let index = incoming.length - 1, next; index >= 0; index -= 1) {
      nextPaired[index] = next;
      next = pairs.get(index) ?? next;
    }
    let previous = list[start - 1];
    const grown = new Set();
    const result = incoming.map(({ html, lines, head, tail, from }, index) => {
      const old = pairs.get(index);
      let block = outgoing[old];
      if (block) {
        update(block, html, old === from ? head : undefined, tail);
        block.lines = lines ?? block.lines; // until it is looked for
      } else {
        const next = outgoing[nextPaired[index]] ?? after;
        block = { html, lines, marks: null, counted: undefined, ...parse(html), part: partFor(previous, next, html) };
        sizes.set(block.part, sizes.get(block.part) + 1);
        grown.add(block.part);
      }
      previous = block;
      return block;
    });
    list.splice(start, removed, ...result);
    let next = after;
    for (const block of result.reverse()) {
      arrange(block.part, block.nodes, next?.part === block.part ? next.nodes[0] : null);
      next = block;
    }
    for (const part of grown) settlePart(part);
  };

  // ---- parts --------------------------------------------------------------------------------------------------

  const newPart = (after) => {
    const part = document.createElement("div");
    part.className = "copydesk-part";
    if (after) after.after(part);
    else article.prepend(part);
    sizes.set(part, 0);
    return part;
  };

  // The part for a new block after `previous` and before `next`; a full one is followed by another, best at a heading.
  const partFor = (previous, next, html) => {
    if (!previous) return next?.part ?? (sizes.has(article.firstElementChild) ? article.firstElementChild : newPart(null));
    const count = sizes.get(previous.part);
    const last = next ? next.part !== previous.part : !previous.part.nextElementSibling;
    const full = count >= LARGEST_PART || (count >= PART && /^\s*<h[1-6]\b/.test(html));
    return last && full ? newPart(previous.part) : previous.part;
  };

  const leave = (part) => {
    const count = sizes.get(part) - 1;
    sizes.set(part, count);
    if (!count) {
      part.remove();
      sizes.delete(part);
    }
  };

  // Split a part that has grown too large, and say how tall it may be, for as long as it has not been laid out.
  const settlePart = (part) => {
    if (!sizes.has(part)) return;
    const first = list.findIndex((block) => block.part === part);
    let count = sizes.get(part);
    if (count > LARGEST_PART) {
      let after = part;
      for (let start = first + PART; start < first + count; start += PART) {
        const moved = list.slice(start, Math.min(start + PART, first + count));
        after = newPart(after);
        for (const block of moved) {
          for (const node of block.nodes) (after.moveBefore ? after.moveBefore(node, null) : after.append(node));
          block.part = after;
        }
        sizes.set(after, moved.length);
        estimate(after, moved);
      }
      count = PART;
      sizes.set(part, count);
    }
    estimate(part, list.slice(first, first + count));
  };

  // About how tall a block will be, from its HTML.
  const height = ({ html }) => {
    const gap = /^<div class="copydesk-asleep" style="height:(\d+)px">/.exec(html);
    if (gap) return Number(gap[1]);
    if (html.includes("<pre")) return 40 + 22 * (html.split("\n").length - 1);
    if (html.length < 3) return 0;
    const text = html.length - 12 * (html.split("<").length - 1);
    return 16 + 27 * Math.max(1, Math.round(text / 74)) + (html.includes("<img") ? 320 : 0);
  };

  const estimate = (part, blocks) => {
    const tall = blocks.reduce((sum, block) => sum + height(block), 0);
    part.style.containIntrinsicBlockSize = `auto ${tall}px`;
  };

  // ---- from outside -------------------------------------------------------------------------------------------

  const reset = () => {
    copydeskNodes.reset();
    sizes = new WeakMap();
    list.length = 0;
    article.replaceChildren();
  };

  // Load pictures, films and sounds anew.
  const renew = () => {
    setup.failed.clear();
    for (const block of list) {
      if (!/\s(?:src|srcset|poster)\s*=/i.test(block.html)) continue;
      block.regular = false;
      const { html } = block;
      block.html = "";
      update(block, html);
    }
  };

  // Apply `changes`, [start, removed, entries] from front to back, in indices of the list as it is.
  const apply = (changes) => {
    // A radio group takes its choice from the document: what was chosen is put back when names have changed. The search
    // goes through the whole page, so that it is made only where there may be any.
    const chooses = ([start, removed, entries]) =>
      entries.some(([html]) => html.includes("radio")) ||
      list.slice(start, start + removed).some(({ html }) => html.includes("radio"));
    const radios = changes.some(chooses) ? [...article.querySelectorAll("input[type=radio]:checked")] : [];
    for (let index = changes.length - 1; index >= 0; index -= 1) replace(...changes[index]);
    for (const radio of radios) if (radio.isConnected && !radio.checked) radio.checked = true;
  };

  // The picture at `image` can't be had: show that in its place, from now on.
  const fail = (image) => {
    const url = image.getAttribute("data-copydesk-url") ?? "";
    setup.failed.add(url);
    const owner = image.parentNode?.parentNode === article ? list.find(({ nodes }) => nodes.includes(image)) : null;
    const place = copydeskClean.showMissing(image, url, setup.words);
    if (owner) owner.nodes.splice(owner.nodes.indexOf(image), 1, place);
  };

  return { article, list, setup, reset, renew, apply, fail };
})();
