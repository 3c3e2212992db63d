// The marks of changes (editor.proof.rendered_diff) on the page: brings one into view.
"use strict";

const copydeskMarks = (() => {
  const ABOVE = 96; // pixels that stay above a change
  const CURRENT = "data-copydesk-current";

  const { article } = copydeskRoom;

  // Put a frame around the change `number`, and scroll to it where it is not in view; 0: there is none any more.
  const show = (number) => {
    for (const before of article.querySelectorAll(`[${CURRENT}]`)) before.removeAttribute(CURRENT);
    const marks = [...article.querySelectorAll("[data-copydesk-mark]")]
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

  return { show };
})();
