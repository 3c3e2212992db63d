// Shows the post in the page: blocks come over the channel as data, only what changed is replaced, and what the reader sees
// stays where it is. Runs in a world of its own; our own page has JavaScript switched off, one that the site's generator has
// built runs the theme's scripts in theirs.
"use strict";

(() => {
  const PICTURE_WAIT = 4000; // ms: a picture in view that takes longer is not waited for

  const room = copydeskRoom;
  const { setup } = copydeskBlocks;
  const lines = copydeskLines;
  const place = copydeskPlace;
  const { page, scroller } = place;
  let bridge = null;
  let newest = -1; // the newest revision on the page
  let serial = -1; // the last patch that was applied
  let placed = !room.isBuilt; // whether the page has a place for the post

  // ---- blocks -------------------------------------------------------------------------------------------------

  const apply = (patch) => {
    setup.base = patch.base;
    if (patch.adopt) {
      takePlace(patch.adopt);
    } else if (patch.reset) {
      setup.failed.clear();
      copydeskBlocks.reset();
      place.reset();
    }
    if (placed) change(patch);
    newest = patch.revision;
    serial = patch.serial;
    bridge.applied(patch.serial);
    if (patch.complete) settle(patch.revision);
    look();
  };

  const change = (patch) => {
    place.remember();
    const held = place.handles();
    place.keepingMarks(() => copydeskBlocks.apply(patch.changes));
    copydeskMarks.fold();
    if (patch.renew) copydeskBlocks.renew();
    lines.setFirstLine(patch.first_line);
    place.holdOneOf(held, patch.revision === newest && !patch.reset);
    place.refollow();
  };

  // Find the post in a built page; where it can't be found, the page stays as it was built.
  const takePlace = ({ blocks, as_built: asBuilt, place: before }) => {
    placed = copydeskBlocks.adopt(blocks, asBuilt);
    if (placed) sizes.observe(room.article);
    if (before) place.comeBack(before);
    bridge.place(placed);
  };

  // ---- settled ------------------------------------------------------------------------------------------------

  const inView = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < scroller.clientHeight;
  };

  // Of the blocks in view only: to ask where others are would lay them out.
  const picturesInView = () => {
    const seen = lines.blocksInView();
    const blocks = seen ? copydeskBlocks.list.slice(seen[0], seen[1] + 1) : [];
    return blocks.flatMap(({ nodes }) => nodes.flatMap((node) => (
      node.nodeType !== Node.ELEMENT_NODE ? [] : node.localName === "img" ? [node] : [...node.getElementsByTagName("img")]
    )));
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
    const wait = () => {
      const waiting = revision === newest && picturesInView().some((image) => !image.complete && inView(image));
      if (waiting && !document.hidden && performance.now() - since < PICTURE_WAIT) {
        frame(wait);
        return;
      }
      bridge.settled(revision);
    };
    frame(() => frame(wait));
  };

  // Tell, once a frame at most, which blocks can be seen: the lines of what is inside them are wanted.
  let looking = false;
  const look = () => {
    if (looking) return;
    looking = true;
    frame(() => {
      looking = false;
      const seen = lines.blocksInView();
      if (seen) bridge.seen(serial, seen[0], seen[1]);
    });
  };

  // ---- what the reader does -----------------------------------------------------------------------------------

  const linkOf = (event) => {
    const target = event.target instanceof Element ? event.target.closest("a[href], area[href]") : null;
    return target && (room.isBuilt || room.article.contains(target)) ? target : null;
  };

  const hrefOf = (link) => link.getAttribute("href") ?? link.getAttribute("xlink:href") ?? "";

  const goTo = (id) => {
    const inside = room.isBuilt ? document : room.article;
    const target = id ? inside.querySelector(`[id="${CSS.escape(id)}"], a[name="${CSS.escape(id)}"]`) : room.article;
    if (!target) {
      bridge.seek(id); // it may be in a block that sleeps
      return;
    }
    place.lead();
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (id) place.scrollToElement(target, 16);
    else place.scrollTo(0);
  };

  // In a built page: whether a click on `link` is ours, and not for the theme's scripts; if it leads away, tell where to.
  const ours = (event, link, href) => {
    const samePage = link.pathname === location.pathname && link.host === location.host;
    if (samePage && href.startsWith("#")) return room.article.contains(link) && href.length > 1;
    if (/^\s*javascript:/i.test(href)) return false;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "click" || event.button === 1) bridge?.leave(typeof link.href === "string" ? link.href : href, href);
    return false;
  };

  const activate = (event) => {
    const link = linkOf(event);
    if (!link) return;
    const href = hrefOf(link);
    if (room.isBuilt && !ours(event, link, href)) return;
    event.preventDefault();
    if (!bridge) return;
    if (event.type === "auxclick" && event.button !== 1) return;
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

  // Put the caret of the text where a double click was made: the line, the word and which of its kind there.
  const point = (event) => {
    const found = event.target instanceof Element ? lines.lineOfElement(event.target) : null;
    if (!found || !bridge || linkOf(event)) return;
    const selection = getSelection();
    const word = selection.toString().trim();
    let count = 0;
    if (word && selection.rangeCount) {
      const before = document.createRange();
      before.selectNodeContents(found.element);
      before.setEnd(selection.getRangeAt(0).startContainer, selection.getRangeAt(0).startOffset);
      count = before.toString().split(word).length - 1;
    }
    bridge.double_click(found.line, Math.max(1, found.lines ?? 1), word, count);
  };

  // All is to be selected, of a long post what sleeps too.
  const selectAll = (event) => {
    if (event.key !== "a" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (!bridge || !room.article.querySelector(".copydesk-asleep")) return;
    event.preventDefault();
    bridge.select_all();
  };

  // The page leads from here on: the text follows what is done in it.
  const lead = () => {
    place.stopScrolling();
    place.lead();
  };

  let telling = false;
  const scrolled = () => {
    place.remember();
    look();
    if (place.isWriting() || telling) return;
    telling = true;
    frame(() => {
      telling = false;
      const leading = place.isWriting() ? null : place.leadingLine();
      if (leading) bridge.scroll(leading[0], leading[1]);
    });
  };

  document.addEventListener("click", activate, true);
  document.addEventListener("auxclick", activate, true);
  document.addEventListener("dblclick", point, true);
  document.addEventListener("contextmenu", (event) => {
    const link = linkOf(event);
    bridge?.point(link ? hrefOf(link) : "");
  }, true);
  document.addEventListener("keydown", selectAll, true);
  document.addEventListener("submit", (event) => event.preventDefault(), true);
  for (const kind of ["dragstart", "dragover", "drop"]) {
    document.addEventListener(kind, (event) => event.preventDefault(), true);
  }
  for (const kind of ["wheel", "pointerdown", "keydown"]) {
    document.addEventListener(kind, lead, { capture: true, passive: true });
  }
  document.addEventListener("scroll", scrolled, { passive: true });
  document.addEventListener("error", (event) => {
    if (event.target instanceof HTMLImageElement && room.article.contains(event.target)) copydeskBlocks.fail(event.target);
  }, true);

  const sizes = new ResizeObserver(() => {
    place.hold();
    place.showCaret();
  });
  sizes.observe(room.article);

  // ---- the channel --------------------------------------------------------------------------------------------

  let dressings = 0;
  const dress = ({ theme, variables, words, web, marks }) => {
    setup.words = words;
    setup.web = web;
    setup.marks = marks;
    if (room.isBuilt) return; // the site's theme is all that it wears
    page.dataset.theme = theme;
    for (const [name, value] of Object.entries(variables)) page.style.setProperty(name, value);
    page.dataset.dressing = "";
    dressings += 1;
    const mine = dressings;
    // Of two changes on each other's heels, the second needs its frames in full.
    const done = () => {
      if (mine === dressings) delete page.dataset.dressing;
    };
    frame(() => frame(() => frame(() => frame(done))));
  };

  // The lines of all blocks, where they were looked for afterwards, or of what is inside some.
  const measure = (found) => {
    if (found.serial !== serial) return;
    if (found.lines) {
      copydeskBlocks.list.forEach((block, index) => {
        block.lines = found.lines[index] ?? 0;
      });
      lines.setFirstLine(found.first_line);
    }
    place.takeMarks(found.marks ?? []);
    if (found.lines) place.refollow();
    look();
  };

  new QWebChannel(qt.webChannelTransport, (channel) => {
    bridge = channel.objects.bridge;
    bridge.patched.connect((message) => {
      const patch = JSON.parse(message);
      try {
        apply(patch);
      } catch (error) {
        bridge.fail(patch.serial, `${error.stack ?? error}`);
      }
    });
    bridge.dressed.connect((message) => dress(JSON.parse(message)));
    bridge.measured.connect((message) => measure(JSON.parse(message)));
    bridge.followed.connect(place.follow);
    bridge.scrolled.connect(place.scrollToLine);
    bridge.anchored.connect(goTo);
    bridge.led.connect(lead);
    room.whenLost?.((kind) => bridge.lose(kind));
    bridge.ready();
  });
})();
