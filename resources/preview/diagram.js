// Draws Mermaid's diagrams with whatever release of it the site ships: 8 and 9 answer at once, later ones with a promise.
"use strict";

const copydeskDiagrams = (() => {
  const answers = [];

  // What is given as HTML, as an SVG that stands by itself, as large as it is.
  const alone = (html) => {
    const drawing = new DOMParser().parseFromString(html, "text/html").querySelector("svg");
    const box = drawing?.getAttribute("viewBox")?.trim().split(/[\s,]+/).map(Number);
    if (!box || box.length !== 4 || !box.every(Number.isFinite)) throw new Error("no drawing came");
    drawing.setAttribute("width", Math.ceil(box[2]));
    drawing.setAttribute("height", Math.ceil(box[3]));
    drawing.style.maxWidth = "none";
    return { svg: new XMLSerializer().serializeToString(drawing), width: Math.ceil(box[2]), height: Math.ceil(box[3]) };
  };

  const draw = async (number, source, theme) => {
    const id = `copydesk-${number}`;
    try {
      const { mermaid } = globalThis;
      mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme, suppressErrorRendering: true });
      const made = await (mermaid.render ?? mermaid.mermaidAPI.render)(id, source);
      answers.push({ number, ...alone(typeof made === "string" ? made : made.svg) });
    } catch (error) {
      answers.push({ number, error: `${error?.message ?? error?.str ?? error}`.split("\n")[0] });
    }
    document.body.replaceChildren();
  };

  return { draw, take: () => JSON.stringify(answers.splice(0)), has: () => typeof globalThis.mermaid?.initialize === "function" };
})();
