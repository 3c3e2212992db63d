// Where the blocks stand in a page that the site's generator has built: right in the element of the theme that holds the
// post, among what the theme has put between them.
"use strict";

const copydeskBuilt = () => {
  const THEMES_OWN = { // what only the theme's scripts make of a block
    diagram: ".mermaid, .mermaid-container, [class*='language-mermaid']",
    formula: "mjx-container, .MathJax, .katex, .arithmatex",
    annotation: ".md-annotation",
    gallery: ".glightbox, .lightbox, [data-fancybox], [data-lightbox]",
  };
  const HEADER = 0.4; // of the view at most is taken by what stays at its top

  const { workshop } = copydeskNodes;
  const caret = document.createElement("div");
  caret.id = "copydesk-caret";
  caret.setAttribute("aria-hidden", "true");
  const style = document.createElement("style");
  style.textContent = copydeskStyle;
  document.documentElement.append(style, caret);
  history.scrollRestoration = "manual"; // where the page is to stand, we know better

  let container = null;
  let end = null; // stands behind the last block
  let blocks = [];
  const lost = new Set();
  const told = []; // who wants to know what of the theme's is lost

  // ---- finding them -------------------------------------------------------------------------------------------

  const parsed = (html) => {
    const root = workshop.createElement("div");
    root.innerHTML = html;
    return [...root.childNodes];
  };

  // Take the nodes of the page for `entries`, each [html, lines], as the blocks; none where they are not found.
  const adopt = (entries, asBuilt, list) => {
    const found = copydeskAdoption.find(entries.map(([html]) => parsed(html)), asBuilt);
    if (!found) return [];
    ({ container } = found);
    blocks = list;
    const { pieces } = found;
    end = workshop.createComment("");
    const last = pieces.findLast(({ nodes, part }) => nodes.length && part === container);
    container.insertBefore(end, last.nodes.at(-1).nextSibling);
    let next = end;
    const made = [];
    for (let index = entries.length - 1; index >= 0; index -= 1) {
      const [html, lines] = entries[index];
      const { nodes, part, inner, sure } = pieces[index];
      const block = { html, lines, nodes, part, inner, marks: null, counted: undefined, regular: sure && !inner, built: true };
      if (!nodes.length) {
        block.nodes = asBuilt ? [workshop.createComment("")] : copydeskNodes.parse(html).nodes;
        copydeskNodes.arrange(container, block.nodes, next);
      } else if (!sure && !asBuilt) {
        bring(block);
      }
      for (const node of block.nodes) if (node.nodeType === Node.ELEMENT_NODE) copydeskNodes.noteState(node);
      if (part === container) [next] = block.nodes;
      made.unshift(block);
    }
    watcher.takeRecords();
    watcher.observe(container, { childList: true });
    return made;
  };

  // Let what stands in the place of `block`, and is of an older text, show it.
  const bring = (block) => {
    const before = block.nodes;
    const following = before.at(-1).nextSibling;
    block.nodes = copydeskNodes.mergedNodes(before, copydeskNodes.parse(block.html).nodes);
    for (const node of before) if (!block.nodes.includes(node)) node.remove();
    copydeskNodes.arrange(block.part, block.nodes, following);
  };

  // A script of the theme has put something in the place of a block, or around it: that is the block from now on.
  const watcher = new MutationObserver((records) => {
    for (const { removedNodes, addedNodes } of records) {
      for (const node of removedNodes) {
        const added = [...addedNodes].filter((other) => other.isConnected);
        const block = added.length && !node.parentNode?.isSameNode(container) && blocks.find(({ nodes }) => nodes.includes(node));
        if (!block) continue;
        const around = added.find((other) => other.contains(node));
        block.inner = around && node.nodeType === Node.ELEMENT_NODE ? block.inner ?? node : null;
        block.nodes = block.nodes.flatMap((other) => (other === node ? (around ? [around] : added) : [other]));
        block.regular = false;
      }
    }
  });

  // ---- the room -----------------------------------------------------------------------------------------------

  const partFor = () => container;

  const nodeAfter = (list, index) => {
    for (let next = index + 1; next < list.length; next += 1) {
      if (list[next].part === container && list[next].nodes[0].parentNode === container) return list[next].nodes[0];
    }
    if (end.parentNode !== container) container.append(end); // a script has taken it away
    return end;
  };

  // Before `block` is changed: the theme's scripts won't make again what they have made of it; and if one has taken it
  // away, it comes back to where it belongs.
  const changing = (block) => {
    if (!block.built) return;
    for (const node of block.nodes) {
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      for (const [kind, selector] of Object.entries(THEMES_OWN)) {
        if (lost.has(kind) || !(node.matches(selector) || node.querySelector(selector))) continue;
        lost.add(kind);
        for (const tell of told) tell(kind);
      }
    }
    if (block.nodes.at(-1).parentNode !== block.part) {
      const index = blocks.indexOf(block);
      block.part = container;
      for (const node of block.nodes) node.remove();
      block.nodes = [workshop.createComment("")];
      block.inner = null;
      container.insertBefore(block.nodes[0], nodeAfter(blocks, index));
    }
  };

  const topOf = (block) => {
    const element = block.nodes.find((node) => node.nodeType === Node.ELEMENT_NODE && node.isConnected);
    const box = element?.getBoundingClientRect();
    return box && (box.height || box.width) ? box.top : null;
  };

  const blocksNear = (list, top) => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      let at = middle;
      while (at < high && topOf(list[at]) === null) at += 1;
      if (at < high && topOf(list[at]) <= top) low = at + 1;
      else high = middle;
    }
    let first = Math.max(0, low - 1);
    while (first > 0 && topOf(list[first]) === null) first -= 1;
    return [first, list.length];
  };

  // How much of the view the theme's own bar takes at its top.
  const headroom = () => {
    const box = container?.getBoundingClientRect();
    const x = box ? box.left + box.width / 2 : document.documentElement.clientWidth / 2;
    let bottom = 0;
    for (const element of document.elementsFromPoint(x, 1)) {
      const { position } = getComputedStyle(element);
      if (position === "fixed" || position === "sticky") bottom = Math.max(bottom, element.getBoundingClientRect().bottom);
    }
    return bottom <= HEADER * document.documentElement.clientHeight ? bottom : 0;
  };

  const placeCaret = () => {
    const box = container?.getBoundingClientRect();
    if (box) caret.style.left = `${Math.max(2, Math.round(box.left + scrollX - 14))}px`;
  };

  const reset = () => {
    watcher.disconnect();
    end?.remove();
    container = null;
    end = null;
    lost.clear();
  };

  return {
    adopt, blocksNear, caret, changing, headroom, nodeAfter, partFor, placeCaret, reset,
    get article() {
      return container ?? document.body;
    },
    isBuilt: true,
    isPart: (element) => element === container,
    left: () => {},
    nudge: () => {},
    settle: () => {},
    changed: () => {
      watcher.takeRecords(); // what was done just now was done by us
    },
    whenLost: (tell) => told.push(tell),
  };
};
