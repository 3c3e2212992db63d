// Shows the post in the shell page: blocks come over the channel as data, only what changed is replaced, and what the
// reader sees stays where it is. Runs in a world of its own; the page itself has JavaScript switched off.
"use strict";

(() => {
  const PICTURE_WAIT = 4000; // ms: a picture in view that takes longer is not waited for
  const SCROLL_TIME = 120; // ms

  const page = document.documentElement;
  const article = document.getElementById("copydesk-article");
  const caret = document.getElementById("copydesk-caret");
  const scroller = document.scrollingElement;
  const workshop = document.implementation.createHTMLDocument(""); // inert: nothing loads or runs in it
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  const setup = { base: "", words: {}, failed: new Set() };
  let bridge = null;
  let blocks = []; // one array of nodes for each block
  let published = new WeakMap(); // details -> whether the post has it open, radio -> checked
  let anchor = null; // {element, top}: what stands at the top of the view, and where
  let place = null; // {index, fraction}: where the caret of the text is
  let newest = -1; // the newest revision on the page

  // ---- blocks -------------------------------------------------------------------------------------------------

  const parse = (html) => {
    const root = workshop.createElement("div");
    root.innerHTML = html;
    copydeskClean.clean(root, setup);
    for (const element of root.querySelectorAll("details, input[type=radio]")) {
      published.set(element, initial(element));
    }
    const nodes = [...root.childNodes];
    // Every block has a node, so that its place is known.
    return nodes.length ? nodes : [workshop.createComment("")];
  };

  const initial = (element) => element.hasAttribute(element.localName === "details" ? "open" : "checked");

  const textOf = (nodes) => nodes.map((node) => node.textContent).join("").trim();
  const elementOf = (nodes) => nodes && nodes.find((node) => node.nodeType === Node.ELEMENT_NODE && node.isConnected);

  // Put `incoming` in the place of `outgoing`, both lists of lists of nodes. A new block that follows an old one
  // takes over its nodes, as far as they are of the same kind: an open box, a chosen tab, a picture live on.
  const replace = (start, outgoing, incoming) => {
    const pairs = paired(outgoing, incoming);
    const before = blocks[start + outgoing.length]?.[0] ?? null;
    const result = incoming.map((nodes, index) => {
      const old = pairs.get(index);
      return old === undefined ? nodes : mergedNodes(outgoing[old], nodes);
    });
    const kept = new Set(result.flat());
    for (const node of outgoing.flat()) if (!kept.has(node)) node.remove();
    // From the back, moving only what is not where it belongs.
    let next = before;
    for (const node of result.flat().reverse()) {
      if (node.parentNode !== article || node.nextSibling !== next) article.insertBefore(node, next);
      next = node;
    }
    blocks.splice(start, outgoing.length, ...result);
  };

  // Which old block (by index) each new one continues: those of equal text first, then in order those of one kind.
  const paired = (outgoing, incoming) => {
    const pairs = new Map();
    let from = 0;
    incoming.forEach((nodes, index) => {
      const text = textOf(nodes);
      for (let old = from; text && old < outgoing.length; old += 1) {
        if (textOf(outgoing[old]) === text) {
          pairs.set(index, old);
          from = old + 1;
          return;
        }
      }
    });
    let old = 0;
    incoming.forEach((nodes, index) => {
      if (pairs.has(index)) {
        old = pairs.get(index) + 1;
        return;
      }
      const kind = firstElement(nodes)?.localName;
      let limit = outgoing.length;
      for (let later = index + 1; later < incoming.length; later += 1) {
        if (pairs.has(later)) {
          limit = pairs.get(later);
          break;
        }
      }
      for (let candidate = old; candidate < limit; candidate += 1) {
        if (firstElement(outgoing[candidate])?.localName === kind) {
          pairs.set(index, candidate);
          old = candidate + 1;
          return;
        }
      }
    });
    return pairs;
  };

  const firstElement = (nodes) => nodes.find((node) => node.nodeType === Node.ELEMENT_NODE);

  const sameKind = (one, other) =>
    one.nodeType === other.nodeType && one.nodeName === other.nodeName && one.namespaceURI === other.namespaceURI &&
    (one.nodeName !== "INPUT" || one.type === other.type);

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
    let next = 0;
    const middle = freshMiddle.map((node) => {
      let candidate = next;
      while (candidate < oldMiddle.length && !sameKind(oldMiddle[candidate], node)) candidate += 1;
      // Going too far ahead would throw away what comes in between.
      if (candidate >= oldMiddle.length || candidate - next > 2) return node;
      next = candidate + 1;
      merge(oldMiddle[candidate], node);
      return oldMiddle[candidate];
    });
    return [...old.slice(0, head), ...middle, ...old.slice(old.length - tail)];
  };

  // Make `old` show what `fresh` shows, and keep what the reader did to it.
  const merge = (old, fresh) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
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
    for (const { name, value } of fresh.attributes) {
      if (hasState && name === state) continue;
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    const children = mergedNodes([...old.childNodes], [...fresh.childNodes]);
    const kept = new Set(children);
    for (const child of [...old.childNodes]) if (!kept.has(child)) child.remove();
    let next = null;
    for (const child of children.reverse()) {
      if (child.parentNode !== old || child.nextSibling !== next) old.insertBefore(child, next);
      next = child;
    }
  };

  // A radio group takes its choice from the document: what was chosen is put back when names have changed.
  const chosen = () => [...article.querySelectorAll("input[type=radio]:checked")];

  const apply = (patch) => {
    if (patch.base !== setup.base) {
      setup.base = patch.base;
      setup.failed.clear();
    }
    if (patch.reset) {
      stopScrolling();
      published = new WeakMap();
      article.replaceChildren();
      blocks = [];
      anchor = null;
      place = null;
      scroller.scrollTop = 0;
    }
    const radios = chosen();
    const holds = handles();
    for (const { start, removed, inserted } of [...patch.runs].reverse()) {
      const fresh = inserted.map(parse);
      replace(start, blocks.slice(start, start + removed), fresh);
    }
    for (const radio of radios) if (radio.isConnected && !radio.checked) radio.checked = true;
    anchor = holds.find(({ element }) => element.isConnected) ?? null;
    hold();
    showCaret();
    newest = patch.revision;
    bridge.applied(patch.serial);
    if (patch.complete) settle(patch.revision);
  };

  // ---- place --------------------------------------------------------------------------------------------------

  const remember = () => {
    anchor = null;
    if (scroller.scrollTop <= 0) return; // at the top one stays at the top
    const middle = page.clientWidth / 2;
    for (const height of [2, 24, 48]) {
      const element = document.elementFromPoint(middle, height);
      if (element && element !== article && article.contains(element)) {
        anchor = { element, top: element.getBoundingClientRect().top };
        return;
      }
    }
  };

  // What to hold on to, best first: the anchor, what it stands in, the blocks after it.
  const handles = () => {
    if (!anchor || !anchor.element.isConnected) return [];
    const found = [anchor];
    const handle = (element) => found.push({ element, top: element.getBoundingClientRect().top });
    let outer = anchor.element;
    while (outer.parentElement !== article) {
      outer = outer.parentElement;
      handle(outer);
    }
    for (let next = outer.nextElementSibling; next && found.length < 20; next = next.nextElementSibling) handle(next);
    return found;
  };

  // Put what stood at the top of the view back where it stood.
  const hold = () => {
    if (!anchor || !anchor.element.isConnected) return;
    const moved = anchor.element.getBoundingClientRect().top - anchor.top;
    if (Math.abs(moved) < 0.5) return;
    if (scrolling) scrolling.target += moved;
    scroller.scrollTop += moved;
    if (scrolling) scrolling.from += moved;
  };

  let scrolling = null; // {from, target, since, frame}

  const stopScrolling = () => {
    if (scrolling) cancelAnimationFrame(scrolling.frame);
    scrolling = null;
  };

  const scrollTo = (target) => {
    stopScrolling();
    const last = scroller.scrollHeight - scroller.clientHeight;
    const goal = Math.max(0, Math.min(last, target));
    if (still.matches || document.hidden || Math.abs(goal - scroller.scrollTop) > 3 * scroller.clientHeight) {
      scroller.scrollTop = goal;
      return;
    }
    const step = (now) => {
      scrolling.since ??= now;
      const part = Math.min(1, (now - scrolling.since) / SCROLL_TIME);
      const eased = 1 - (1 - part) ** 3;
      scroller.scrollTop = scrolling.from + (scrolling.target - scrolling.from) * eased;
      if (part < 1) scrolling.frame = requestAnimationFrame(step);
      else scrolling = null;
    };
    scrolling = { from: scroller.scrollTop, target: goal, since: null, frame: 0 };
    scrolling.frame = requestAnimationFrame(step);
  };

  const follow = (index, fraction) => {
    place = index < 0 ? null : { index, fraction };
    const element = showCaret();
    if (!element) return;
    const box = element.getBoundingClientRect();
    const height = scroller.clientHeight;
    let top = box.top;
    let bottom = box.bottom;
    if (box.height > height * 0.6) {
      const line = box.top + box.height * fraction;
      top = line - 40;
      bottom = line + 80;
    }
    const margin = Math.min(48, height / 8);
    if (top < margin) scrollTo(scroller.scrollTop + top - margin);
    else if (bottom > height - margin) scrollTo(scroller.scrollTop + bottom - height + margin);
  };

  const showCaret = () => {
    const element = place ? elementOf(blocks[place.index]) : null;
    const box = element?.getBoundingClientRect();
    if (!box || !box.height) {
      caret.style.opacity = "0";
      return null;
    }
    caret.style.opacity = "1";
    caret.style.height = `${box.height}px`;
    caret.style.transform = `translateY(${box.top + scroller.scrollTop}px)`;
    return element;
  };

  const goTo = (id) => {
    const target = id ? article.querySelector(`[id="${CSS.escape(id)}"], a[name="${CSS.escape(id)}"]`) : article;
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    scrollTo(id ? scroller.scrollTop + target.getBoundingClientRect().top - 16 : 0);
  };

  // ---- settled ------------------------------------------------------------------------------------------------

  const inView = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < scroller.clientHeight;
  };

  // The next frame, or soon where nothing is painted. No timers: with JavaScript off in the page, Chromium runs no
  // setTimeout, in our own world neither; frames, events and messages do come.
  const frame = (next) => {
    if (!document.hidden) {
      requestAnimationFrame(next);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      next();
    };
    port2.postMessage(null);
  };

  const settle = (revision) => {
    const since = performance.now();
    const look = () => {
      if (revision !== newest) return; // a later one speaks for it
      const waiting = [...article.querySelectorAll("img")].filter((image) => !image.complete && inView(image));
      if (waiting.length && !document.hidden && performance.now() - since < PICTURE_WAIT) {
        frame(look);
        return;
      }
      bridge.settled(revision);
    };
    frame(() => frame(look));
  };

  // ---- what the reader does -----------------------------------------------------------------------------------

  const linkOf = (event) => {
    const target = event.target instanceof Element ? event.target.closest("a[href], area[href]") : null;
    return target && article.contains(target) ? target : null;
  };

  const hrefOf = (link) => link.getAttribute("href") ?? link.getAttribute("xlink:href") ?? "";

  const activate = (event) => {
    const link = linkOf(event);
    if (!link) return;
    event.preventDefault();
    if (!bridge) return;
    if (event.type === "auxclick" && event.button !== 1) return;
    const href = hrefOf(link);
    if (!href.startsWith("#")) {
      bridge.activate(href);
      return;
    }
    let id = href.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // not percent-encoded: the id is meant as it stands
    }
    goTo(id);
  };

  document.addEventListener("click", activate, true);
  document.addEventListener("auxclick", activate, true);
  document.addEventListener("contextmenu", (event) => {
    const link = linkOf(event);
    bridge?.point(link ? hrefOf(link) : "");
  }, true);
  document.addEventListener("submit", (event) => event.preventDefault(), true);
  for (const kind of ["dragstart", "dragover", "drop"]) {
    document.addEventListener(kind, (event) => event.preventDefault(), true);
  }
  for (const kind of ["wheel", "pointerdown", "keydown"]) {
    document.addEventListener(kind, stopScrolling, { capture: true, passive: true });
  }
  document.addEventListener("scroll", remember, { passive: true });
  document.addEventListener("error", (event) => {
    const image = event.target;
    if (!(image instanceof HTMLImageElement) || !article.contains(image)) return;
    const url = image.getAttribute("data-copydesk-url") ?? "";
    setup.failed.add(url);
    const owner = blocks.find((nodes) => nodes.includes(image));
    const place = copydeskClean.showMissing(image, url, setup.words);
    if (owner) owner.splice(owner.indexOf(image), 1, place);
  }, true);

  new ResizeObserver(() => {
    hold();
    showCaret();
  }).observe(article);

  // ---- the channel --------------------------------------------------------------------------------------------

  new QWebChannel(qt.webChannelTransport, (channel) => {
    bridge = channel.objects.bridge;
    bridge.patched.connect((message) => apply(JSON.parse(message)));
    bridge.dressed.connect((message) => {
      const { theme, variables, words } = JSON.parse(message);
      page.dataset.theme = theme;
      for (const [name, value] of Object.entries(variables)) page.style.setProperty(name, value);
      setup.words = words;
    });
    bridge.followed.connect(follow);
    bridge.anchored.connect(goTo);
    bridge.ready();
  });
})();
