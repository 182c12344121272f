// Look at a page as it was laid out: text over text, text beyond its cell or the window. Only tests put this into a page.
(function () {
  const problems = [];
  const lines = [];
  const near = 1;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, title, desc")) continue;
    if (getComputedStyle(parent).visibility !== "visible") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width > 0.5 && rect.height > 0.5) lines.push({ text: node.data.trim().slice(0, 40), rect, parent });
    }
  }
  for (const line of lines) {
    const { rect, parent, text } = line;
    if (!parent.closest(".scroll") && (rect.left < -near || rect.right > innerWidth + near)) {
      problems.push("beyond the window: " + text);
    }
    const box = parent.closest("td, th, li, p, h1, h2, h3, h4, caption, figcaption, svg");
    if (box) {
      const edge = box.getBoundingClientRect();
      if (rect.left < edge.left - near || rect.right > edge.right + near) problems.push("beyond its box: " + text);
    }
    const group = parent.closest("g");
    const cell = group && parent.closest(".icicle") && group.querySelector("rect");
    if (cell) {
      const edge = cell.getBoundingClientRect();
      const middle = (rect.top + rect.bottom) / 2;
      const out = rect.left < edge.left - near || rect.right > edge.right + near;
      if (out || middle < edge.top || middle > edge.bottom) problems.push("beyond its cell: " + text);
    }
  }
  lines.sort((one, other) => one.rect.top - other.rect.top);
  const core = ({ rect }) => ({
    left: rect.left + near,
    right: rect.right - near,
    top: rect.top + rect.height / 4,
    bottom: rect.bottom - rect.height / 4,
  });
  for (let first = 0; first < lines.length; first++) {
    const one = core(lines[first]);
    for (let second = first + 1; second < lines.length && lines[second].rect.top < lines[first].rect.bottom; second++) {
      const other = core(lines[second]);
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 0 && high > 0) problems.push("over one another: " + lines[first].text + " / " + lines[second].text);
    }
  }
  for (const element of document.querySelectorAll("main *")) {
    if (element.closest("svg, .scroll")) continue;
    if (element.scrollWidth > element.clientWidth + near && getComputedStyle(element).overflowX !== "visible") {
      problems.push("cut off: " + element.tagName + " " + element.textContent.trim().slice(0, 40));
    }
  }
  if (document.documentElement.scrollWidth > innerWidth + near) {
    problems.push("the page is wider than the window: " + document.documentElement.scrollWidth + " > " + innerWidth);
  }
  const verdict = parent.document.createElement("pre");
  verdict.className = "verdict";
  const found = { page: frameElement.title, lines: lines.length, width: innerWidth, problems: problems.slice(0, 20) };
  verdict.textContent = JSON.stringify(found);
  parent.document.body.append(verdict);
})();
