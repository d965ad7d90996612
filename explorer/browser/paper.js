// Documents for paper: HTML without scripts, which the server has made. They are printed from the
// page itself: no other window, which a browser might not allow, and nothing to load.

import {element} from "./dom.js"

const CLASS = "neuron-explorer-paper"

// While it is printed, the paper is all there is of the page.
const ALONE = [
  `@media screen { .${CLASS} { display: none } }`,
  `@media print { body > :not(.${CLASS}) { display: none !important } }`,
  "@media print { html, body { background: #fff !important; height: auto !important; overflow: visible !important } }",
  "@media print { html, body { min-height: 0 !important; margin: 0 !important; padding: 0 !important } }",
  "@page { margin: 12mm 14mm }",
].join("\n")

// A document as an element, whose styles are its own.
export function paperOf(html, parse = text => new DOMParser().parseFromString(text, "text/html")) {
  const {head, body} = parse(html)
  const paper = element("div")
  paper.attachShadow({mode: "open"}).append(...head.querySelectorAll("style"), ...body.children)
  return paper
}

export function printPaper(html) {
  const paper = paperOf(html)
  paper.className = CLASS
  const style = element("style", {textContent: ALONE})
  document.head.append(style)
  document.body.append(paper)
  addEventListener("afterprint", () => {
    paper.remove()
    style.remove()
  }, {once: true})
  print()
}
