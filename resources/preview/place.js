// What is held in its place while the page changes, where it is scrolled to, and the mark of the caret.
"use strict";

const copydeskPlace = (() => {
  const SCROLL_TIME = 120; // ms

  const page = document.documentElement;
  const scroller = document.scrollingElement;
  const room = copydeskRoom;
  const { caret } = room;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const { list } = copydeskBlocks;
  const { blockOf, blockStarts, boxOf, elementsOf, known, lineAt, shownElement, topOfLine } = copydeskLines;

  let anchor = null; // {element, top}: what is held in its place, and where that is
  let scrolledTo = 0; // where the page was scrolled to when that was written down
  let nudge = 0; // by so much of a pixel the article is moved down
  // What was jumped to: {wanted, down}, the line of the text that is followed and where it stands there, or
  // {element, above}, what is to stand so many pixels below the top; or {caret}, whose line is to come into view, first
  // (-1) or last (1) in it.
  let aim = null;
  let line = null; // the caret's line in the text
  let writing = false; // whether the text leads, and not the page
  let wanting = false; // whether the caret is to be brought into view once the lines are known
  let entered = new Set(); // the boxes and tabs that the caret stands in

  // ---- the caret ----------------------------------------------------------------------------------------------

  // What the caret's line stands in: the block, and the innermost element of it that begins there or before.
  const caretPlace = () => {
    const index = line !== null && known() ? blockOf(line) : -1;
    if (index < 0) return null;
    const block = list[index];
    const offset = line - blockStarts()[index];
    let element = shownElement(block);
    if (offset < 0 || offset >= Math.max(1, block.lines)) return null;
    const inside = [];
    for (const mark of block.marks ?? []) {
      if (mark.offset > offset) break;
      if (mark.element.isConnected) inside.push(mark.element);
    }
    if (inside.length) element = inside.at(-1);
    return { index, block: shownElement(block), element };
  };

  // Open what the caret has come into: a closed box, a tab that is not chosen.
  const enter = () => {
    const place = caretPlace();
    const now = new Set();
    for (let box = place?.element; box && box !== room.article; box = box.parentElement) {
      if (box.localName === "details" || box.matches(".tabbed-block, .tabbed-set:not(.tabbed-alternate) > .tabbed-content")) {
        now.add(box);
        if (!entered.has(box)) open(box);
      }
    }
    if (place && place.block.localName === "details" && !now.has(place.block)) {
      now.add(place.block);
      if (!entered.has(place.block)) open(place.block);
    }
    entered = now;
  };

  const open = (box) => {
    if (box.localName === "details") {
      box.open = true;
      return;
    }
    const set = box.closest(".tabbed-set");
    const radios = [...set.children].filter((child) => child.localName === "input");
    const tabs = [...box.parentElement.children].filter((child) => child.className === box.className);
    const chosen = radios[tabs.indexOf(box)];
    if (chosen) chosen.checked = true;
  };

  const showCaret = () => {
    const place = caretPlace();
    let box = place && boxOf(place.block);
    // Of a block that fills the view, the entry, row or paragraph.
    if (box && box.height > scroller.clientHeight * 0.6) box = boxOf(place.element) ?? box;
    if (!box) {
      caret.style.opacity = "0";
      return;
    }
    room.placeCaret();
    caret.style.opacity = "1";
    caret.style.height = `${box.height}px`;
    caret.style.transform = `translateY(${box.top + scroller.scrollTop}px)`;
  };

  // Run `change`, which changes the blocks, and let the lines inside the caret's block follow until they are known again.
  const keepingMarks = (change) => {
    const index = line !== null && known() ? blockOf(line) : -1;
    const block = list[index];
    const lines = block?.lines;
    const offset = index >= 0 ? line - blockStarts()[index] : 0;
    change();
    copydeskLines.countAnew();
    const moved = block ? block.lines - lines : 0;
    if (!moved) return;
    for (const mark of block.marks ?? []) if (mark.offset > offset) mark.offset += moved;
  };

  // Take over where the elements of blocks begin (as in lines.js), those around the caret too.
  const takeMarks = (found) => {
    copydeskLines.takeMarks(found);
    if (line !== null && found.some(([index]) => index === blockOf(line))) enter();
    showCaret();
  };

  // The caret is in `wanted`, a line of the source: mark it, open what it stands in, and bring it into view.
  const follow = (wanted, bring) => {
    line = wanted;
    if (bring || !aim?.kept) aim = null;
    writing = true;
    wanting = false;
    enter();
    showCaret();
    if (bring) bringIntoView();
    remember();
  };

  // The blocks or their lines have come: do what was asked for before.
  const refollow = () => {
    if (wanting) {
      enter();
      bringIntoView();
    }
    showCaret();
  };

  const bringIntoView = () => {
    const way = wayToCaret();
    wanting = !caretPlace(); // more blocks may be to come
    if (!way) return;
    scrollTo(scroller.scrollTop + way, { caret: Math.sign(way) });
  };

  // By how much the page is to be scrolled for the caret's line to be in view, or null; to stand first in it with `side` -1,
  // last with 1.
  const wayToCaret = (side = 0) => {
    const place = caretPlace();
    const top = place ? topOfLine(line) : edgeAtCaret();
    if (top === null) return null;
    const height = scroller.clientHeight;
    const margin = Math.min(48, height / 8);
    let [upper, lower] = [top, place ? Math.max(top, topOfLine(line + 1) ?? top) : top];
    const box = place && boxOf(place.element);
    if (box && box.height <= height * 0.6) [upper, lower] = [Math.min(upper, box.top), Math.max(box.bottom, upper)];
    if (lower - upper > height * 0.6) [upper, lower] = [top - 40, top + 80];
    const above = margin + room.headroom();
    if (side ? side < 0 : upper < above) return Math.max(upper - above, -scroller.scrollTop);
    if (side ? side > 0 : lower > height - margin) return Math.min(lower - height + margin, last() - scroller.scrollTop);
    return 0;
  };

  // The top in the window of where the caret's line would be seen if it left anything on the page (front matter, comments,
  // definitions and the end don't): the end of what stands before it, else the beginning; or null.
  const edgeAtCaret = () => {
    const index = line !== null && known() ? blockOf(line) : -1;
    const box = index >= 0 && list.at(-1).lines !== null ? boxOf(shownElement(list[index])) : null;
    if (!box) return null;
    // Behind all that has lines: what is written there is shown at the very end, as footnotes are.
    if (line >= blockStarts()[index] && list.slice(index + 1).every((block) => !block.lines || !shownElement(block))) {
      const bottom = list.slice(index).flatMap(elementsOf).findLast((element) => boxOf(element));
      if (bottom) return boxOf(bottom).bottom;
    }
    return line < blockStarts()[index] ? -scroller.scrollTop : boxOf(elementsOf(list[index]).at(-1))?.bottom ?? box.bottom;
  };

  // ---- holding ------------------------------------------------------------------------------------------------

  const inView = (box) => box && box.bottom > 0 && box.top < scroller.clientHeight;

  // Choose what is to stay where it is: while the text leads, what the caret stands in, as far as it can be seen; else
  // what is at the top of the view.
  const remember = () => {
    const before = anchor;
    anchor = null;
    scrolledTo = scroller.scrollTop;
    const element = elementToHold();
    if (!element) return;
    const { top } = element.getBoundingClientRect();
    // What holding could not put right must not add up.
    anchor = before?.element === element && Math.abs(before.top - top) < 0.5 ? before : { element, top };
  };

  const elementToHold = () => {
    const place = writing ? caretPlace() : null;
    for (const element of place ? [place.element, place.block] : []) {
      const box = boxOf(element);
      if (inView(box) && box.top >= 0) return element;
    }
    if (scroller.scrollTop <= 0) return null; // at the top one stays at the top
    const { article } = room;
    const box = article.getBoundingClientRect();
    const middle = room.isBuilt ? box.left + box.width / 2 : page.clientWidth / 2;
    const top = room.headroom();
    for (const height of [2, 24, 48]) {
      const element = document.elementFromPoint(middle, top + height);
      if (element && element !== article && article.contains(element) && element.className !== "copydesk-part") return element;
    }
    return null;
  };

  // What to hold on to, best first: the anchor, what it stands in, the blocks after it.
  const handles = () => {
    if (!anchor || !anchor.element.isConnected) return [];
    const found = [anchor];
    const handle = (element) => found.push({ element, top: element.getBoundingClientRect().top });
    let outer = anchor.element;
    while (outer.parentElement && !room.isPart(outer.parentElement)) {
      outer = outer.parentElement;
      handle(outer);
    }
    for (let next = outer.nextElementSibling; next && found.length < 20; next = next.nextElementSibling) handle(next);
    return found;
  };

  // Hold on to the first of `found` that is still there; or go on to what is aimed at, where the post is the `same` and only
  // more of it has come.
  const holdOneOf = (found, same) => {
    if (aim && (same || aim.kept)) {
      takeAim();
      return;
    }
    aim = null;
    anchor = found.find(({ element }) => element.isConnected) ?? null;
    putBack();
  };

  // Put what is held back where it stood. The browser scrolls by whole pixels of the screen: what is left over, the article
  // is moved by itself, else letters would tremble as heights change by parts of a pixel.
  const hold = () => {
    if (aim) {
      takeAim();
      return;
    }
    // Where someone has scrolled, its event is still to come; up to the end, the page may just have become shorter.
    const { scrollTop } = scroller;
    if (scrollTop > scrolledTo || (scrollTop < scrolledTo && scrollTop < last())) remember();
    else putBack();
  };

  const putBack = () => {
    if (!anchor || !anchor.element.isConnected) return;
    const moved = anchor.element.getBoundingClientRect().top - anchor.top;
    if (Math.abs(moved) < 0.01) return;
    const whole = Math.round(moved - nudge);
    if (scrolling) scrolling.target += whole;
    scroller.scrollTop += whole;
    if (scrolling) scrolling.from += whole;
    scrolledTo = scroller.scrollTop;
    const rest = anchor.element.getBoundingClientRect().top - anchor.top;
    if (!room.isBuilt && Math.abs(nudge - rest) < 1) setNudge(nudge - rest);
  };

  const setNudge = (value) => {
    nudge = value;
    room.nudge(value);
  };

  // ---- scrolling ----------------------------------------------------------------------------------------------

  let scrolling = null; // {from, target, since, frame}

  const stopScrolling = () => {
    if (scrolling) cancelAnimationFrame(scrolling.frame);
    scrolling = null;
  };

  // The page leads from here on.
  const lead = () => {
    aim = null;
    writing = false;
    wanting = false;
  };

  const last = () => Math.max(0, scroller.scrollHeight - scroller.clientHeight);

  // Scroll to `target`, and from there on aim at `there`, if given.
  const scrollTo = (target, there = null) => {
    stopScrolling();
    const goal = Math.max(0, Math.min(last(), target));
    if (still.matches || document.hidden || Math.abs(goal - scroller.scrollTop) > 3 * scroller.clientHeight) {
      scroller.scrollTop = goal;
      aim = there;
      return;
    }
    const step = (now) => {
      scrolling.since ??= now;
      const part = Math.min(1, (now - scrolling.since) / SCROLL_TIME);
      const eased = 1 - (1 - part) ** 3;
      scroller.scrollTop = scrolling.from + (scrolling.target - scrolling.from) * eased;
      if (part < 1) {
        scrolling.frame = requestAnimationFrame(step);
        return;
      }
      scrolling = null;
      aim = there;
      if (aim) takeAim(); // on the way, what was far may have taken its real height
    };
    aim = null;
    scrolling = { from: scroller.scrollTop, target: goal, since: null, frame: 0 };
    scrolling.frame = requestAnimationFrame(step);
  };

  // Bring `element` to stand `above` pixels below the top of the view.
  const scrollToElement = (element, above) => {
    const below = above + room.headroom();
    scrollTo(scroller.scrollTop + element.getBoundingClientRect().top - below, { element, above: below });
  };

  // Bring source line `wanted` to where it stands in the text: `down` of the height of the view, 0 at its top to 1.
  const scrollToLine = (wanted, down) => {
    stopScrolling();
    writing = true;
    wanting = false;
    aim = { wanted, down };
    takeAim();
  };

  // Scroll to what is aimed at. What comes into view takes its real height only then: this is done again whenever heights
  // change, until something else is wanted.
  const takeAim = () => {
    const { element, above, wanted, down } = aim;
    if (aim.caret) {
      const way = wayToCaret(aim.caret);
      if (!way) {
        putBack();
        return;
      }
      scroller.scrollTop += Math.round(way);
    } else if (element) {
      if (element.isConnected) scroller.scrollTop += Math.round(element.getBoundingClientRect().top - above);
    } else if (down <= 0) {
      scroller.scrollTop = 0;
    } else if (down >= 1) {
      scroller.scrollTop = last();
    } else {
      const top = topOfLine(wanted);
      if (top !== null) scroller.scrollTop += Math.round(top - down * scroller.clientHeight);
    }
    remember();
  };

  // The source line that leads while the page is scrolled, and how far down in the view it stands, 0 to 1; or null.
  const leadingLine = () => {
    const all = last();
    const down = all ? Math.min(1, scroller.scrollTop / all) : 0;
    const found = lineAt(down * scroller.clientHeight);
    return found === null ? null : [found, down];
  };

  // ---- a page that is loaded anew -----------------------------------------------------------------------------

  // What is shown, as JSON: which block, where in the window its top stands, and where the page is scrolled to.
  const where = () => {
    const element = (anchor?.element.isConnected && anchor.element) || elementToHold();
    const index = element ? list.findIndex(({ nodes }) => nodes.some((node) => node === element || node.contains(element))) : -1;
    const box = index >= 0 ? boxOf(shownElement(list[index])) : null;
    return JSON.stringify({ scrolled: scroller.scrollTop, html: list[index]?.html ?? null, index, top: box?.top ?? null });
  };

  // Show the same in the page that was loaded since; the text is not told: it is nobody's scrolling.
  const comeBack = ({ scrolled, html, index, top }) => {
    writing = true;
    let found = index;
    list.forEach((block, at) => {
      const nearer = list[found]?.html !== html || Math.abs(at - index) < Math.abs(found - index);
      if (block.html === html && nearer) found = at;
    });
    const element = top !== null && list[found] ? shownElement(list[found]) : null;
    if (element) {
      aim = { element, above: top, kept: true };
      takeAim();
    } else {
      scroller.scrollTop = scrolled;
    }
  };

  const reset = () => {
    stopScrolling();
    anchor = null;
    aim = null;
    line = null;
    copydeskLines.countAnew();
    entered = new Set();
    setNudge(0);
    scroller.scrollTop = 0;
  };

  return {
    comeBack, follow, handles, hold, holdOneOf, keepingMarks, lead, leadingLine, page, refollow, remember, reset, scroller, scrollTo,
    scrollToElement, scrollToLine, showCaret, stopScrolling, takeMarks, where,
    isWriting: () => writing,
  };
})();
