// Where the lines of the source stand on the page, and which line is at a place of it.
"use strict";

const copydeskLines = (() => {
  const MARKED = "p, li, tr, h1, h2, h3, h4, h5, h6, dt, dd, pre, summary, div.tabbed-block"; // as in line_map.py

  const scroller = document.scrollingElement;
  const { caret } = copydeskRoom;
  const { list } = copydeskBlocks;

  let starts = null; // the line each block begins at, and that behind the last one; null: to be counted
  let firstLine = 0;

  const setFirstLine = (value) => {
    firstLine = value;
    starts = null;
  };

  // Where the blocks begin in the source; a block of unknown length counts as none.
  const blockStarts = () => {
    if (starts) return starts;
    starts = new Float64Array(list.length + 1);
    let at = firstLine;
    list.forEach((block, index) => {
      starts[index] = at;
      at += block.lines ?? 0;
    });
    starts[list.length] = at;
    return starts;
  };

  const known = () => list.length > 0 && list[0].lines !== null;

  // The last of the blocks that begin at `wanted` or before it and that have something to show; -1 where there is none.
  const blockOf = (wanted) => {
    const begin = blockStarts();
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (begin[middle] <= wanted) low = middle + 1;
      else high = middle;
    }
    let index = low - 1;
    // Of several on one line, the first; of those without lines (the footnotes at the end), none.
    while (index > 0 && list[index].lines === 0 && elementsOf(list[index]).length) index -= 1;
    const from = index;
    while (index > 0 && !shownElement(list[index])) index -= 1;
    if (index >= 0 && shownElement(list[index])) return index;
    for (index = from + 1; index < list.length; index += 1) if (shownElement(list[index])) return index;
    return -1;
  };

  const elementsOf = (block) => block.nodes.filter((node) => node.nodeType === Node.ELEMENT_NODE);
  const shownElement = (block) => block.nodes.find((node) => node.nodeType === Node.ELEMENT_NODE && node.isConnected);

  // Take over where the elements of blocks begin: `found` has [index, [[name, lines from the block's first line]…]].
  const takeMarks = (found) => {
    for (const [index, marks] of found) {
      const block = list[index];
      if (!block) continue;
      const elements = elementsOf(block).flatMap((element) => [
        ...(element.matches(MARKED) ? [element] : []), ...element.querySelectorAll(MARKED),
      ]);
      const same = elements.length === marks.length &&
        elements.every((element, place) => element.localName === marks[place][0]);
      block.marks = same ? marks.map(([, offset], place) => ({ element: elements[place], offset })) : [];
    }
  };

  const boxOf = (element) => {
    const box = element.getBoundingClientRect();
    return box.height > 0 || box.width > 0 ? box : null;
  };

  // What is known of block `index`: [line, top in the window] from its first to its last line, both rising.
  const stations = (index) => {
    const begin = blockStarts();
    const block = list[index];
    const elements = elementsOf(block);
    const box = boxOf(elements[0]);
    if (!box) return [];
    const bottom = boxOf(elements.at(-1))?.bottom ?? box.bottom;
    const end = begin[index] + Math.max(1, block.lines ?? 1);
    const found = [[begin[index], box.top]];
    for (const { element, offset } of block.marks ?? []) {
      const at = begin[index] + offset;
      const [lastLine, lastTop] = found.at(-1);
      if (at <= lastLine || at >= end) continue;
      const place = boxOf(element);
      if (place && place.top > lastTop && place.top <= bottom) found.push([at, place.top]);
    }
    let next = index + 1;
    while (next < list.length && !boxOf(shownElement(list[next]) ?? caret)) next += 1;
    const following = next < list.length ? boxOf(shownElement(list[next]))?.top : undefined;
    found.push([end, Math.max(following ?? bottom, found.at(-1)[1])]);
    return found;
  };

  const between = (value, from, to, low, high) => low + ((high - low) * (value - from)) / Math.max(1e-9, to - from);

  // The top in the window of source line `wanted` (with a fraction), or null.
  const topOfLine = (wanted) => {
    const index = known() ? blockOf(wanted) : -1;
    if (index < 0) return null;
    const places = stations(index);
    if (!places.length) return null;
    for (let place = 1; place < places.length; place += 1) {
      if (wanted < places[place][0] || place === places.length - 1) {
        const [[from, low], [to, high]] = [places[place - 1], places[place]];
        return between(Math.min(wanted, to), from, to, low, high);
      }
    }
    return places[0][1];
  };

  // The block that is at `top` in the window, or the last one above it; -1 where there is none.
  const blockAt = (top) => {
    let found = -1;
    const [first, end] = copydeskRoom.blocksNear(list, top);
    for (let index = first; index < end; index += 1) {
      const element = shownElement(list[index]);
      const box = element ? boxOf(element) : null;
      if (!box) continue;
      if (box.top > top && found >= 0) break;
      found = index;
      if (box.top > top) break;
    }
    return found;
  };

  // The source line (with a fraction) that stands at `top` in the window, or null.
  const lineAt = (top) => {
    const index = known() ? blockAt(top) : -1;
    if (index < 0) return null;
    const places = stations(index);
    for (let place = 1; place < places.length; place += 1) {
      if (top < places[place][1] || place === places.length - 1) {
        const [[from, low], [to, high]] = [places[place - 1], places[place]];
        return between(Math.min(Math.max(top, low), high), low, high, from, to);
      }
    }
    return places[0]?.[0] ?? null;
  };

  // The first and the last block that can be seen.
  const blocksInView = () => {
    const first = blockAt(0);
    return first < 0 ? null : [first, Math.max(first, blockAt(scroller.clientHeight))];
  };

  // The line that an element inside the post begins at, and the element that is known to begin there; or null.
  const lineOfElement = (element) => {
    const index = known() ? list.findIndex(({ nodes }) => nodes.some((node) => node === element || node.contains(element))) : -1;
    if (index < 0) return null;
    const begin = blockStarts()[index];
    let found = { line: begin, element: shownElement(list[index]), lines: list[index].lines };
    for (const mark of list[index].marks ?? []) {
      if (mark.element.contains(element)) {
        found = { line: begin + mark.offset, element: mark.element, lines: list[index].lines - mark.offset };
      }
    }
    return found;
  };

  // The lines of blocks have changed.
  const countAnew = () => {
    starts = null;
  };

  return {
    blockAt, blockOf, blockStarts, blocksInView, boxOf, countAnew, elementsOf, known, lineAt, lineOfElement, setFirstLine,
    shownElement, takeMarks, topOfLine,
  };
})();
