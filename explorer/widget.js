// Runs in the output of a notebook's cell, and shows an explorer's page there in a frame. The page
// is served beside the kernel, which may be on another machine than the browser.

const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"]

// The ways to a page, the best first: straight, or through a notebook's own server (`base`, null if
// unknown), where jupyter-server-proxy leads to other ports of its machine. Straight from elsewhere
// would lead to a port of the reader's own machine; what is no web page at all (an editor) finds its
// kernel's ports by itself.
export function waysTo(direct, {protocol, hostname}, base) {
  if (!/^https?:$/.test(protocol)) return [direct]
  const {port, pathname} = new URL(direct)
  const proxied = base === null ? [] : [`${base}proxy/${port}${pathname}`]
  return THIS_MACHINE.includes(hostname) ? [direct, ...proxied] : proxied
}

// Where the notebook's own server is; null if this is none of Jupyter's.
export function baseOf(document) {
  const settings = document.getElementById("jupyter-config-data")
  const base = settings ? JSON.parse(settings.textContent).baseUrl : document.body.dataset.baseUrl
  return base ?? null
}

// The first way on which there is an answer; undefined if there is none.
export async function firstOpen(ways, ask = fetch) {
  for (const way of ways) {
    const answer = await ask(way, {method: "HEAD", mode: "no-cors", cache: "no-store"})
      .catch(() => null)
    // Of another origin's answer one learns only that there is one.
    if (answer?.ok || answer?.type === "opaque") return way
  }
}

async function show(box) {
  const frame = box.querySelector("iframe")
  const {way} = frame.dataset
  const found = await firstOpen(waysTo(way, location, baseOf(document)))
  if (found) frame.src = found
  else {
    frame.remove()
    box.style.height = "auto"
    box.querySelector("p").hidden = false
  }
}

// Fill all outputs with the explorer of this name that are still empty: a notebook can show an
// output in several places.
export function showAll(name) {
  for (const box of document.querySelectorAll(`[data-explorer="${name}"]`))
    if (!box.dataset.shown) {
      box.dataset.shown = true
      show(box)
    }
}
