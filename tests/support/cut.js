// What of a page cannot be read: texts that are cut off, stick out, or lie upon each other.
() => {
  const SLACK = 1.5  // pixels that rounding may take
  const faults = new Set()
  const told = words => `“${words.trim().replace(/\s+/g, " ").slice(0, 60)}”`

  const parentOf = node => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null
  function* upwards(element) {
    for (let each = element; each; each = parentOf(each)) yield each
  }

  // An open sheet is all that counts: it lies over the rest.
  const sheets = []
  const texts = []
  const fields = []
  const boxes = []
  const visit = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.data.trim()) texts.push(node)
      return
    }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches("script, style, option, noscript")) return
      const hasBox = getComputedStyle(node).display !== "contents"
      if (hasBox && !node.checkVisibility({visibilityProperty: true, opacityProperty: true})) return
      if (node.matches(":popover-open")) sheets.push(node)
      if (node.matches("select, input, textarea")) fields.push(node)
      boxes.push(node)
      node.shadowRoot?.childNodes.forEach(visit)
    }
    node.childNodes.forEach(visit)
  }
  visit(document.body)
  const top = sheets.at(-1)
  const counts = element => !top || [...upwards(element)].includes(top)

  // For screen readers alone, on purpose.
  const isUnseen = element => [...upwards(element)].some(each => {
    const {clip, clipPath} = getComputedStyle(each)
    if (getComputedStyle(each).display === "contents") return false
    const {width, height} = each.getBoundingClientRect()
    return clip.startsWith("rect(0") || clipPath.startsWith("inset(50%") || width <= 1 || height <= 1
  })

  const rectsOf = node => {
    const range = document.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()].filter(({width, height}) => width > 1 && height > 1)
  }
  const cuts = (style, side) => style[side] === "hidden" || style[side] === "clip"
  const scrolls = (style, side) => style[side] === "auto" || style[side] === "scroll"

  // What gives way on purpose where there is little room: the names of the page and of its network.
  const GIVE_WAY = "h1, .name"

  // Where a text is seen: what was scrolled away is not, and is no fault. Null if all of it was.
  function seen(words, element, {left, right, top: upper, bottom}) {
    const out = (each, where) => faults.add(`${words} sticks out of ${each.localName}.${each.classList[0] ?? ""} ${where}`)
    for (const each of upwards(element)) {
      const style = getComputedStyle(each)
      if (style.display === "inline" || style.display === "contents") continue
      const box = each.getBoundingClientRect()
      const isButton = each.matches("button, [role=tab]")
      if (each.matches(GIVE_WAY)) [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
      if ((isButton || each.matches(".places, svg") || cuts(style, "overflowX")) &&
          (left < box.left - SLACK || right > box.right + SLACK)) out(each, "sideways")
      if ((isButton || cuts(style, "overflowY")) && (upper < box.top - 3 || bottom > box.bottom + 3))
        out(each, "above or below")
      if (scrolls(style, "overflowX")) [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
      if (scrolls(style, "overflowY")) [upper, bottom] = [Math.max(upper, box.top), Math.min(bottom, box.bottom)]
      if (right - left < 2 || bottom - upper < 2) return null
      if (style.position === "fixed" || each.matches(":popover-open")) break
    }
    if (left < -SLACK || right > innerWidth + SLACK) faults.add(`${words} is beside the window`)
    return {left, right, top: upper, bottom}
  }

  // Texts lie in one layer if neither is in a sheet over the other.
  const layerOf = element => [...upwards(element)].find(each =>
    ["fixed", "sticky"].includes(getComputedStyle(each).position) || each.matches(":popover-open"))

  const placed = []
  for (const node of texts) {
    const element = parentOf(node)
    if (!counts(element) || isUnseen(element)) continue
    const layer = layerOf(element)
    for (const whole of rectsOf(node)) {
      const rect = seen(told(node.data), element, whole)
      if (rect) placed.push({node, rect, layer})
    }
  }
  placed.forEach((one, i) => {
    for (const other of placed.slice(i + 1)) {
      if (one.node === other.node || one.layer !== other.layer) continue
      const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left)
      const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top)
      if (across > 2 && down > 5) faults.add(`${told(one.node.data)} lies upon ${told(other.node.data)}`)
    }
  })

  // A text that runs into a field or a button beside it.
  for (const field of [...boxes.filter(box => box.matches("button")), ...fields]) {
    if (!counts(field) || isUnseen(field) || Number(getComputedStyle(field).opacity) === 0) continue
    const layer = layerOf(field)
    const box = seen("", field, field.getBoundingClientRect())
    for (const {node, rect, layer: own} of box ? placed : []) {
      if (own !== layer || [...upwards(parentOf(node))].includes(field)) continue
      const across = Math.min(rect.right, box.right) - Math.max(rect.left, box.left)
      const down = Math.min(rect.bottom, box.bottom) - Math.max(rect.top, box.top)
      if (across > 2 && down > 5) faults.add(`${told(node.data)} runs into ${field.localName}.${field.classList[0] ?? field.name ?? ""}`)
    }
  }

  // What a field shows, in its own letters.
  const pen = document.createElement("canvas").getContext("2d")
  for (const field of fields) {
    if (!counts(field) || isUnseen(field) || field.readOnly) continue
    if (!field.matches("select, [type=text], [type=number], :not([type])")) continue
    const style = getComputedStyle(field)
    pen.font = style.font
    const words = field.matches("select") ? field.selectedOptions[0]?.textContent ?? "" : field.value || field.placeholder
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    const needed = pen.measureText(words.trim()).width
    if (needed > room + SLACK) faults.add(`${told(words)} is longer than its field, by ${Math.round(needed - room)} px`)
  }

  for (const box of boxes) {
    if (!counts(box) || isUnseen(box)) continue
    const style = getComputedStyle(box)
    const isWords = box.textContent.trim() && !box.matches("pre, textarea, input")
    if (isWords && scrolls(style, "overflowX") && box.scrollWidth > box.clientWidth + SLACK)
      faults.add(`${box.localName}.${box.classList[0] ?? ""} ${told(box.textContent)} has to be scrolled sideways`)
  }
  const page = document.scrollingElement
  if (page.scrollWidth > page.clientWidth) faults.add("the page can be scrolled sideways")
  return [...faults]
}
