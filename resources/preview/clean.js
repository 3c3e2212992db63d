// What a post may bring into the preview page. The page runs no script of the post (JavaScript is off), its policy and
// the request interceptor let nothing in or out; this is the third line, and it makes addresses of the site work.
"use strict";

const copydeskClean = (() => {
  const REMOVED = new Set([
    "script", "style", "meta", "base", "link", "title", "template", "noscript", "frame", "frameset", "portal",
    "fencedframe", "applet", "param", "noembed", "noframes",
  ]);
  const EMBEDDED = { iframe: "src", object: "data", embed: "src" };
  const MEDIA = { img: "picture", video: "film", audio: "sound", source: null, track: null, input: "picture", image: "picture" };
  const LINKS = new Set(["http", "https", "mailto", "tel", "ftp"]);
  const MARK = "data-copydesk-mark";
  const REMOVED_ATTRIBUTES = new Set([
    "srcdoc", "action", "formaction", "formmethod", "formtarget", "form", "ping", "target", "download", "background",
    "autofocus", "autoplay", "contenteditable", "is", "slot", "accesskey", "popover", "popovertarget", "nonce",
    "attributionsrc", "shadowrootmode",
  ]);
  const SVG = "http://www.w3.org/2000/svg";
  const EMOJI = /\b(twemoji|emojione|gemoji|emoji)\b/;
  const ONLY = /#(?:gh-)?(?:only-)?(light|dark)(?:-mode-only)?$/;
  const DATA_PICTURE = /^data:image\/(?:png|jpe?g|gif|webp|avif|bmp|svg\+xml|x-icon)[;,]/i;
  const ANNOTATION = /\((\d+)\)!/;
  const TEXT_ANNOTATION = /\((\d+)\)/;

  // The scheme of an address as a browser reads it (tabs, line breaks and leading controls do not count), or "".
  const schemeOf = (url) => {
    const found = /^([a-z][a-z0-9+.-]*):/i.exec(url.replace(/[\u0000-\u0020]+/g, ""));
    return found ? found[1].toLowerCase() : "";
  };

  const hostOf = (url) => {
    try {
      return new URL(url, "https://unknown.invalid/").host;
    } catch {
      return url;
    }
  };

  const isRemote = (url) => {
    const scheme = schemeOf(url);
    return scheme === "http" || scheme === "https" || /^\s*[\\/]{2}/.test(url);
  };

  // The address by which the program fetches a picture of the web; "" where it does not.
  const fetched = (url, web) => {
    try {
      const whole = new URL(url.trim(), "https://unknown.invalid/");
      return web && whole.protocol === "https:" ? web + encodeURIComponent(whole.href) : "";
    } catch {
      return "";
    }
  };

  const placeholder = (document, kind, text, inline) => {
    const place = document.createElement(inline ? "span" : "div");
    place.className = `copydesk-placeholder copydesk-placeholder-${kind}`;
    const words = document.createElement("span");
    words.textContent = text;
    place.append(words);
    return place;
  };

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  const decoded = (url) => {
    try {
      return decodeURI(url);
    } catch {
      return url;
    }
  };

  // Put the path of a picture that is not there in its place; returns what shows it.
  const showMissing = (image, url, words) => {
    const place = placeholder(image.ownerDocument, "missing", fill(words.missing, { path: decoded(url) }), true);
    image.replaceWith(place);
    return place;
  };

  // Give a picture the room that it will take, `size` being WxH of its file, before it is there: as the browser would
  // from the file, whatever of it the post has set. Without a width of its own (as an SVG), it is as wide as it can be.
  const reserve = (image, size) => {
    const found = /^(\d+)?x(\d+(?:\.\d+)?)$/.exec(size);
    if (!found) return;
    const [width, height] = [found[1] ? Number(found[1]) : null, Number(found[2])];
    const own = { width: image.getAttribute("width"), height: image.getAttribute("height") };
    if (own.width !== null && own.height !== null) return;
    if (width === null) {
      if (own.width !== null || own.height !== null || image.hasAttribute("style")) return;
      image.style.width = "100%";
      image.style.aspectRatio = `1 / ${height}`;
    } else if (own.width === null && own.height === null) {
      image.setAttribute("width", width);
      image.setAttribute("height", Math.round(height));
    } else if (/^\s*\d+(px)?\s*$/.test(own.width ?? "")) {
      image.setAttribute("height", Math.max(1, Math.round((parseInt(own.width, 10) * height) / width)));
    } else if (own.width !== null) {
      image.style.aspectRatio = `${width} / ${height}`;
    }
  };

  // Make the tree below `root` harmless and its addresses of the site loadable; return whether it still has the elements
  // that the HTML has, one for one.
  // `setup` has: base and web (what an address of the site, and one of a picture in the web, is appended to), words, marks (the key
  // of marks of changes; empty: there are none), failed (a set of addresses without a file).
  const clean = (root, setup) => {
    const document = root.ownerDocument;
    let regular = true;
    const media = (element, attribute) => {
      const url = element.getAttribute(attribute);
      const scheme = schemeOf(url);
      const ofWeb = element.localName === "img" && isRemote(url) ? fetched(url, setup.web) : "";
      if (isRemote(url) && !ofWeb) {
        regular = false;
        const emoji = element.localName === "img" && EMOJI.test(element.className) && element.getAttribute("alt");
        if (emoji) {
          element.replaceWith(document.createTextNode(emoji));
        } else if (MEDIA[element.localName]) {
          const sentence = setup.words[`remote_${MEDIA[element.localName]}`];
          const place = placeholder(document, "remote", fill(sentence, { host: hostOf(url) }), true);
          const words = element.getAttribute("alt") || element.getAttribute("title");
          if (words) place.title = words;
          element.replaceWith(place);
        } else {
          element.remove();
        }
        return;
      }
      if (element.localName === "img" && DATA_PICTURE.test(url)) return;
      if (scheme !== "" && !ofWeb) {
        element.removeAttribute(attribute);
        return;
      }
      const only = ONLY.exec(url);
      if (only) element.setAttribute("data-copydesk-only", only[1]);
      if (setup.failed.has(url) && element.localName === "img") {
        regular = false;
        showMissing(element, url, setup.words);
        return;
      }
      element.setAttribute("data-copydesk-url", url);
      element.setAttribute(attribute, ofWeb || setup.base + encodeURIComponent(url));
    };

    const links = (element, attribute) => {
      const url = element.getAttribute(attribute);
      const scheme = schemeOf(url);
      const ours = scheme === "copydesk-fold" && isMark(element);
      if (scheme !== "" && !LINKS.has(scheme) && !ours) element.removeAttribute(attribute);
    };

    // Whether `element` is a mark of a change (editor.proof.rendered_diff): those have the key that no post knows.
    const isMark = (element) => Boolean(setup.marks) && (element.getAttribute(MARK) ?? "").startsWith(`${setup.marks} `);

    const attributes = (element) => {
      for (const { name } of [...element.attributes]) {
        const lower = name.toLowerCase();
        if (lower === MARK && isMark(element)) continue;
        if (lower.startsWith("on") || lower.startsWith("data-copydesk") || REMOVED_ATTRIBUTES.has(lower)) {
          // Labels and sizes of our own display step come with the HTML.
          if (lower === "data-copydesk-size") reserve(element, element.getAttribute(name));
          if (lower !== "data-copydesk-label") element.removeAttribute(name);
        } else if (lower === "href" || lower === "xlink:href") {
          if (element.localName === "a" || element.localName === "area") links(element, name);
          else if (element.localName === "image") element.removeAttribute(name);
          else if (!element.getAttribute(name).trim().startsWith("#")) element.removeAttribute(name);
        } else if (lower === "name" && element.localName !== "input" && element.localName !== "details" && element.localName !== "a") {
          // A named picture would stand in for a property of the document.
          element.removeAttribute(name);
        }
      }
    };

    // Filters are painted one after the other, and what they take grows with their radius: hundreds stop all painting.
    const effects = ({ style }) => {
      for (const name of ["filter", "backdrop-filter"]) {
        const said = style.getPropertyValue(name);
        if (/(\(.*){4}|\d{3}(\.\d+)?[a-z]|var\(/.test(said)) style.removeProperty(name);
      }
    };

    const srcset = (element) => {
      const made = element.getAttribute("srcset").split(/,\s+/).map((candidate) => {
        const [url, ...size] = candidate.trim().split(/\s+/);
        if (!url || schemeOf(url) !== "" || isRemote(url)) return "";
        return [setup.base + encodeURIComponent(url), ...size].join(" ");
      }).filter(Boolean);
      if (made.length) element.setAttribute("srcset", made.join(", "));
      else element.removeAttribute("srcset");
    };

    // A box that keeps a film's shape by its padding would be left empty.
    const withoutFrame = (box) => {
      if (!box || box === root || box.childElementCount !== 1 || !/padding[^;]*%/.test(box.getAttribute("style") ?? "")) return;
      for (const name of ["padding", "padding-top", "padding-bottom", "height", "aspect-ratio"]) box.style.removeProperty(name);
    };

    for (const element of [...root.querySelectorAll("*")]) {
      if (!root.contains(element)) continue; // went with something around it
      const name = element.localName;
      if (REMOVED.has(name) && !(name === "title" && element.namespaceURI === SVG)) {
        regular = false;
        element.remove();
      } else if (name in EMBEDDED) {
        regular = false;
        const url = element.getAttribute(EMBEDDED[name]) || "";
        const host = isRemote(url) ? hostOf(url) : url || name;
        withoutFrame(element.parentElement);
        element.replaceWith(placeholder(document, "embedded", fill(setup.words.embedded, { host }), false));
      } else if (/^(animate|set)/i.test(name) && /^(xlink:)?href$|^on/i.test(element.getAttribute("attributeName") || "")) {
        regular = false;
        element.remove();
      } else if (name === "form") {
        regular = false;
        const plain = document.createElement("div");
        plain.append(...element.childNodes);
        element.replaceWith(plain);
      } else {
        if (element.hasAttributes()) attributes(element);
        if (element.hasAttribute("style") && element.style) effects(element);
        if (["button", "textarea", "select"].includes(name)) element.disabled = true;
        if (name === "input" && element.type !== "radio") element.disabled = true;
        if (element.hasAttribute("srcset")) srcset(element);
        if (element.hasAttribute("poster")) {
          const poster = element.getAttribute("poster");
          if (schemeOf(poster) !== "" || isRemote(poster)) element.removeAttribute("poster");
          else element.setAttribute("poster", setup.base + encodeURIComponent(poster));
        }
        if (element.hasAttribute("src")) {
          if (name in MEDIA) media(element, "src");
          else element.removeAttribute("src");
        }
      }
    }
    if (annotations(root, document)) regular = false;
    if (setup.marks) marks(root, setup.words);
    direction(root);
    return regular;
  };

  // Material turns `# (1)!` in code, and `(1)` in text marked `.annotate`, into small buttons; here they are numbers.
  // Returns whether there are any.
  const annotations = (root, document) => {
    let found = false;
    const mark = (node, pattern) => {
      let rest = node;
      for (let place = pattern.exec(rest.data); place; place = pattern.exec(rest.data)) {
        found = true;
        const number = rest.splitText(place.index);
        rest = number.splitText(place[0].length);
        const badge = document.createElement("span");
        badge.className = "copydesk-annotation";
        badge.textContent = place[1];
        number.replaceWith(badge);
      }
    };
    for (const comment of root.querySelectorAll(".highlight .c, .highlight .c1, .highlight .cm, .highlight .ch")) {
      if (!ANNOTATION.test(comment.textContent)) continue;
      comment.textContent = comment.textContent.replace(/^(\/\/|#|--|;|%|\/\*|<!--)\s*(?=\(\d+\)!)|\s*(\*\/|-->)$/g, "");
      if (comment.firstChild) mark(comment.firstChild, ANNOTATION);
    }
    for (const annotated of root.querySelectorAll(".annotate")) {
      const walker = document.createTreeWalker(annotated, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("pre, code")) texts.push(walker.currentNode);
      for (const text of texts) mark(text, TEXT_ANNOTATION);
    }
    return found;
  };

  // What is gone has no name: a link leads to what is there now, and the tabs of the two pages are not one group.
  const marks = (root, words) => {
    for (const mark of root.querySelectorAll(`[${MARK}]`)) {
      const said = mark.getAttribute(MARK).split(" ");
      const gone = mark.localName === "del" || said.includes("gone");
      // Where a link leads is what may have changed of it.
      for (const link of mark.querySelectorAll("a[href]:not([title])")) link.title = decoded(link.getAttribute("href"));
      if (said.includes("moved")) mark.setAttribute("data-copydesk-note", gone ? words.moved_away : words.moved_here);
      if (!gone) continue;
      for (const element of [mark, ...mark.querySelectorAll("[id], [name], [for]")]) {
        for (const name of ["id", "name", "for"]) element.removeAttribute(name);
      }
    }
  };

  const direction = (root) => {
    for (const element of root.querySelectorAll("p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, table, dl, figcaption, summary")) {
      if (!element.hasAttribute("dir")) element.setAttribute("dir", "auto");
    }
  };

  return { clean, showMissing };
})();
