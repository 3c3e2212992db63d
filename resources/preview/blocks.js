// The blocks of the post on the page: a patch replaces some by others, and what did not change keeps its nodes. Where a
// block takes the place of one of its kind, the old nodes are made to show the new text (nodes.js). Where the blocks stand
// is the room's to know (parts.js, built.js).
"use strict";

const copydeskBlocks = (() => {
  const OPENED = 6000; // characters: a longer block is not parsed anew for a change inside it
  const HIGHEST = 6; // how many levels up a change inside a block may turn out to reach

  const room = copydeskRoom;
  const { arrange, cleaned, merge, mergedNodes, parse, sameKind, setup, workshop } = copydeskNodes;
  // {html, lines, nodes, part, regular, marks}; in a built page, `inner` too: the element that shows the block, where the
  // theme has put something around it.
  const list = [];

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
    inner = copies.reduce((outer) => outer.firstChild, root);
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
    room.changing(block);
    block.built = false;
    if (head === undefined || block.inner || block.html.length < OPENED || !splice(block, html, head, tail)) {
      const { nodes, regular } = parse(html);
      if (!block.inner || !mergeInside(block, nodes)) show(block, nodes);
      block.regular = regular;
      block.counted = undefined;
    }
    block.html = html;
  };

  const show = (block, nodes) => {
    const result = mergedNodes(block.nodes, nodes);
    const kept = new Set(result);
    const following = block.nodes.at(-1).nextSibling;
    for (const node of block.nodes) if (!kept.has(node)) node.remove();
    arrange(block.part, result, following);
    block.nodes = result;
    block.inner = null;
  };

  // Let what the theme has put around the block stay, if the block is still of one kind.
  const mergeInside = (block, nodes) => {
    const said = nodes.filter((node) => node.nodeType === Node.ELEMENT_NODE || node.data.trim());
    if (said.length !== 1 || !sameKind(block.inner, said[0])) return false;
    merge(block.inner, said[0]);
    return true;
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
      room.left(block.part);
    });
    const after = list[start + removed];
    const nextPaired = new Array(incoming.length); // for each new block, the next that is kept
    for (let index = incoming.length - 1, next; index >= 0; index -= 1) {
      nextPaired[index] = next;
      next = pairs.get(index) ?? next;
    }
    let previous = list[start - 1];
    const grown = new Set();
    const fresh = new Set();
    const result = incoming.map(({ html, lines, head, tail, from }, index) => {
      const old = pairs.get(index);
      let block = outgoing[old];
      if (block) {
        update(block, html, old === from ? head : undefined, tail);
        block.lines = lines ?? block.lines; // until it is looked for
      } else {
        const next = outgoing[nextPaired[index]] ?? after;
        block = { html, lines, marks: null, counted: undefined, inner: null, ...parse(html) };
        block.part = room.partFor(previous, next, html);
        grown.add(block.part);
        fresh.add(block);
      }
      previous = block;
      return block;
    });
    list.splice(start, removed, ...result);
    // Those that are kept stand where they stood: what is kept of them is in the order that it was in.
    for (let index = start + result.length - 1; index >= start; index -= 1) {
      const block = list[index];
      if (fresh.has(block)) arrange(block.part, block.nodes, room.nodeAfter(list, index));
    }
    for (const part of grown) room.settle(list, part);
  };

  // ---- from outside -------------------------------------------------------------------------------------------

  const reset = () => {
    copydeskNodes.reset();
    list.length = 0;
    room.reset();
  };

  // Take the elements that the page has for `entries`, each [html, lines], as the blocks (in a built page).
  const adopt = (entries, asBuilt) => {
    reset();
    const found = room.adopt(entries, asBuilt, list);
    list.push(...found);
    return found.length > 0;
  };

  // Load pictures, films and sounds anew.
  const renew = () => {
    setup.failed.clear();
    for (const block of list) {
      if (block.built || !/\s(?:src|srcset|poster)\s*=/i.test(block.html)) continue;
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
    const radios = changes.some(chooses) ? [...room.article.querySelectorAll("input[type=radio]:checked")] : [];
    for (let index = changes.length - 1; index >= 0; index -= 1) replace(...changes[index]);
    for (const radio of radios) if (radio.isConnected && !radio.checked) radio.checked = true;
    room.changed();
  };

  // The picture at `image` can't be had: show that in its place, from now on.
  const fail = (image) => {
    const url = image.getAttribute("data-copydesk-url");
    if (url === null && room.isBuilt) return; // one that the page came with
    setup.failed.add(url ?? "");
    const owner = room.isPart(image.parentNode) ? list.find(({ nodes }) => nodes.includes(image)) : null;
    const place = copydeskClean.showMissing(image, url ?? "", setup.words);
    if (owner) owner.nodes.splice(owner.nodes.indexOf(image), 1, place);
  };

  return { list, setup, reset, renew, apply, adopt, fail };
})();
