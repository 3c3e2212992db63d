// Where the blocks stand in our own page: in parts of a few dozen each, of which the browser lays out and paints only those
// that are near the view.
"use strict";

const copydeskParts = () => {
  const PART = 48; // blocks in a part
  const LARGEST_PART = 2 * PART;

  const article = document.getElementById("copydesk-article");
  let sizes = new WeakMap(); // part -> how many blocks it holds

  const newPart = (after) => {
    const part = document.createElement("div");
    part.className = "copydesk-part";
    if (after) after.after(part);
    else article.prepend(part);
    sizes.set(part, 0);
    return part;
  };

  const choosePart = (previous, next, html) => {
    if (!previous) return next?.part ?? (sizes.has(article.firstElementChild) ? article.firstElementChild : newPart(null));
    const count = sizes.get(previous.part);
    const last = next ? next.part !== previous.part : !previous.part.nextElementSibling;
    const full = count >= LARGEST_PART || (count >= PART && /^\s*<h[1-6]\b/.test(html));
    return last && full ? newPart(previous.part) : previous.part;
  };

  // The part for a new block after `previous` and before `next`; a full one is followed by another, best at a heading.
  const partFor = (previous, next, html) => {
    const part = choosePart(previous, next, html);
    sizes.set(part, sizes.get(part) + 1);
    return part;
  };

  // A block has gone from `part`.
  const left = (part) => {
    const count = sizes.get(part) - 1;
    sizes.set(part, count);
    if (!count) {
      part.remove();
      sizes.delete(part);
    }
  };

  // Split a part that has grown too large, and say how tall it may be, for as long as it has not been laid out.
  const settle = (list, part) => {
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

  // The node that a new block at `index` stands before.
  const nodeAfter = (list, index) => {
    const next = list[index + 1];
    return next?.part === list[index].part ? next.nodes[0] : null;
  };

  // From which block up to which (not included) to look for the one at `top` in the window.
  const blocksNear = (list, top) => {
    const parts = [...article.children].filter((part) => part.className === "copydesk-part");
    let part = parts[0];
    for (const other of parts) {
      if (other.getBoundingClientRect().top > top) break;
      part = other;
    }
    const first = part ? list.findIndex((block) => block.part === part) : -1;
    let end = first;
    while (end >= 0 && end < list.length && list[end].part === part) end += 1;
    return first < 0 ? [0, 0] : [first, end];
  };

  const reset = () => {
    sizes = new WeakMap();
    article.replaceChildren();
  };

  return {
    article, blocksNear, left, nodeAfter, partFor, reset, settle,
    isBuilt: false,
    caret: document.getElementById("copydesk-caret"),
    changed: () => {},
    changing: () => {},
    headroom: () => 0,
    isPart: (element) => element?.parentNode === article,
    nudge: (value) => {
      article.style.top = `${value}px`;
    },
    placeCaret: () => {},
  };
};
