// The marks of changes (editor.proof.rendered_diff) on the page: brings one into view, and folds away what is the same in long
// lists and tables. Whole blocks that are the same do not come to the page at all.
"use strict";

const copydeskMarks = (() => {
  const ABOVE = 96; // pixels that stay above a change
  const CURRENT = "data-copydesk-current";

  const CONTAINERS = "ul, dl, tbody, blockquote, details, .admonition";
  const FEWEST = 4; // entries that are worth a fold

  const room = copydeskRoom;
  const { setup } = copydeskNodes;
  const unfolded = new WeakSet(); // containers whose folds the reader has opened
  const opened = new WeakSet(); // boxes that were opened here

  const isChanged = (element) =>
    element.hasAttribute("data-copydesk-mark") || element.querySelector("[data-copydesk-mark]") !== null;

  const unfold = (container) => {
    unfolded.add(container);
    for (const row of [...container.children]) {
      if (row.matches(".copydesk-folded")) row.remove();
      else row.removeAttribute("data-copydesk-hidden");
    }
  };

  const rowFor = (container, count) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `⋯ ${setup.words.folded.replace("{count}", count)}`;
    button.addEventListener("click", () => unfold(container));
    const name = { UL: "li", DL: "dd", TBODY: "tr" }[container.tagName] ?? "div";
    const row = document.createElement(name);
    row.className = "copydesk-folded";
    let place = row;
    if (name === "tr") {
      place = document.createElement("td");
      place.colSpan = 1000;
      row.append(place);
    }
    place.append(button);
    return row;
  };

  // Fold away entries of `container` that are the same, but for those next to one that has changed.
  const foldInside = (container) => {
    const entries = [...container.children];
    if (unfolded.has(container) || entries.length < FEWEST || entries.some((entry) => entry.matches(".copydesk-folded"))) return;
    if (container.closest("[data-copydesk-mark]")) return;
    const changed = entries.map(isChanged);
    if (!changed.includes(true)) return;
    let run = [];
    entries.forEach((entry, index) => {
      const stays = changed[index] || changed[index - 1] || changed[index + 1] || entry.matches("summary, .admonition-title");
      if (!stays) run.push(entry);
      if (!stays && index < entries.length - 1) return;
      if (run.length >= FEWEST) {
        for (const same of run) same.setAttribute("data-copydesk-hidden", "");
        run[0].before(rowFor(container, run.length));
      }
      run = [];
    });
  };

  // After blocks have come: fold what is the same inside of those that have changed, and open what has changed inside.
  const fold = () => {
    if (!setup.marks) return;
    for (const box of room.article.querySelectorAll("details:not([open])")) {
      if (opened.has(box) || !box.querySelector("[data-copydesk-mark]")) continue;
      opened.add(box); // once: the reader may close it
      box.open = true;
    }
    for (const container of room.article.querySelectorAll(CONTAINERS)) foldInside(container);
  };

  // Put a frame around the change `number`, and scroll to it where it is not in view; 0: there is none any more.
  const show = (number) => {
    for (const before of room.article.querySelectorAll(`[${CURRENT}]`)) before.removeAttribute(CURRENT);
    const marks = [...room.article.querySelectorAll("[data-copydesk-mark]")]
      .filter((mark) => mark.getAttribute("data-copydesk-mark").split(" ").slice(1, 3).includes(String(number)))
      .filter((mark, index, all) => !all.some((other) => other !== mark && other.contains(mark)));
    for (const mark of marks) {
      mark.setAttribute(CURRENT, "");
      for (let box = mark.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    }
    if (!marks.length) return;
    const first = marks[0].getBoundingClientRect();
    const last = marks[marks.length - 1].getBoundingClientRect();
    if (first.top >= 0 && last.bottom <= document.documentElement.clientHeight) return;
    copydeskPlace.lead();
    copydeskPlace.scrollToElement(marks[0], ABOVE);
  };

  return { fold, show };
})();
