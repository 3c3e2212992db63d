// From the HTML of a block to nodes, and how nodes on the page come to show what fresh ones do: an open box, a chosen tab, a
// loaded picture, a selection and what was scrolled inside live on.
"use strict";

const copydeskNodes = (() => {
  const AHEAD = 2; // how many nodes a new one may pass over to find one of its kind

  const workshop = document.implementation.createHTMLDocument(""); // inert: nothing loads or runs in it
  const copies = location.protocol !== "copydesk:";
  const setup = { base: "", web: "", words: {}, marks: "", failed: new Set() };
  let published = new WeakMap(); // details -> whether the post has it open, radio -> checked

  // ---- from HTML to nodes -------------------------------------------------------------------------------------

  const initial = (element) => element.hasAttribute(element.localName === "details" ? "open" : "checked");

  const cleaned = (root) => {
    const regular = copydeskClean.clean(root, setup);
    // Where the page runs scripts, an attribute such as onerror, when it is removed in our world, leaves its handler behind
    // in the page's: the elements do not come to the page, copies of them do.
    if (copies) for (const child of [...root.childNodes]) child.replaceWith(child.cloneNode(true));
    for (const element of root.querySelectorAll("details, input[type=radio]")) published.set(element, initial(element));
    return regular;
  };

  const parse = (html) => {
    const root = workshop.createElement("div");
    root.innerHTML = html;
    const regular = cleaned(root);
    const nodes = [...root.childNodes];
    // Every block has a node, so that its place is known.
    return { nodes: nodes.length ? nodes : [workshop.createComment("")], regular };
  };

  // ---- taking over nodes --------------------------------------------------------------------------------------

  const sameKind = (one, other) =>
    one.nodeType === other.nodeType && one.nodeName === other.nodeName && one.namespaceURI === other.namespaceURI &&
    (one.nodeName !== "INPUT" || one.type === other.type);

  const keyOf = (node) => `${node.nodeName} ${node.id ?? ""} ${node.textContent}`;

  // Which of `old` each of `fresh` (both lists of nodes) continues, in order: what says the same, else the next of its kind.
  const counterparts = (old, fresh) => {
    const pairs = new Array(fresh.length).fill(-1);
    if (old.length > 1 || fresh.length > 1) {
      const places = new Map();
      old.forEach((node, index) => {
        const key = keyOf(node);
        if (!places.has(key)) places.set(key, []);
        places.get(key).push(index);
      });
      let from = 0;
      fresh.forEach((node, index) => {
        const blank = node.nodeType === Node.TEXT_NODE && !node.data.trim();
        const found = blank ? undefined : places.get(keyOf(node))?.find((place) => place >= from);
        if (found === undefined) return;
        pairs[index] = found;
        from = found + 1;
      });
    }
    let next = 0;
    fresh.forEach((node, index) => {
      if (pairs[index] >= 0) {
        next = pairs[index] + 1;
        return;
      }
      let limit = old.length;
      for (let later = index + 1; later < fresh.length; later += 1) {
        if (pairs[later] >= 0) {
          limit = pairs[later];
          break;
        }
      }
      // Going too far ahead would throw away what comes in between.
      limit = Math.min(limit, next + AHEAD + 1);
      for (let candidate = next; candidate < limit; candidate += 1) {
        if (sameKind(old[candidate], node)) {
          pairs[index] = candidate;
          next = candidate + 1;
          return;
        }
      }
    });
    return pairs;
  };

  // Return the nodes that show `fresh`, using those of `old` where they fit.
  const mergedNodes = (old, fresh) => {
    let head = 0;
    while (head < old.length && head < fresh.length && old[head].isEqualNode(fresh[head])) head += 1;
    let tail = 0;
    while (
      tail < old.length - head && tail < fresh.length - head &&
      old[old.length - 1 - tail].isEqualNode(fresh[fresh.length - 1 - tail])
    ) tail += 1;
    const oldMiddle = old.slice(head, old.length - tail);
    const freshMiddle = fresh.slice(head, fresh.length - tail);
    const pairs = counterparts(oldMiddle, freshMiddle);
    const middle = freshMiddle.map((node, index) => {
      if (pairs[index] < 0) return node;
      const kept = oldMiddle[pairs[index]];
      merge(kept, node);
      return kept;
    });
    return [...old.slice(0, head), ...middle, ...old.slice(old.length - tail)];
  };

  // Write no more than what differs: a selection that touches the rest stays.
  const mergeText = (old, data) => {
    const before = old.data;
    if (before === data) return;
    const most = Math.min(before.length, data.length);
    let head = 0;
    while (head < most && before[head] === data[head]) head += 1;
    let tail = 0;
    while (tail < most - head && before[before.length - 1 - tail] === data[data.length - 1 - tail]) tail += 1;
    old.replaceData(head, before.length - head - tail, data.slice(head, data.length - tail));
  };

  // Make `old` show what `fresh` shows, and keep what the reader did to it.
  const merge = (old, fresh) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      mergeText(old, fresh.data);
      return;
    }
    const hasState = published.has(fresh);
    const state = old.localName === "details" ? "open" : "checked";
    if (hasState) {
      if (published.get(old) !== published.get(fresh)) old[state] = published.get(fresh);
      published.set(old, published.get(fresh));
    }
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !(hasState && name === state)) old.removeAttribute(name);
    }
    for (const attribute of fresh.attributes) {
      if (hasState && attribute.name === state) continue;
      // As a node: the parser lets names in that setAttribute refuses.
      if (old.getAttribute(attribute.name) !== attribute.value) old.setAttributeNode(attribute.cloneNode());
    }
    const children = mergedNodes([...old.childNodes], [...fresh.childNodes]);
    const kept = new Set(children);
    for (const child of [...old.childNodes]) if (!kept.has(child)) child.remove();
    arrange(old, children, null);
  };

  // Make `nodes` stand in this order in `parent` before `next`, moving only what is not where it belongs.
  const arrange = (parent, nodes, next) => {
    for (let index = nodes.length - 1; index >= 0; index -= 1) {
      const node = nodes[index];
      if (node.parentNode !== parent || node.nextSibling !== next) parent.insertBefore(node, next);
      next = node;
    }
  };

  // What of `root`, which the page came with, is open or chosen is so as published.
  const noteState = (root) => {
    for (const element of [root, ...root.querySelectorAll("details, input[type=radio]")]) {
      if (element.matches("details, input[type=radio]")) published.set(element, initial(element));
    }
  };

  const reset = () => {
    published = new WeakMap();
  };

  return { arrange, cleaned, merge, mergedNodes, noteState, parse, reset, sameKind, setup, workshop };
})();
