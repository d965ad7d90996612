// What of a page cannot be read: texts that are cut off, stick out, or lie upon each other.
() => {
  const SLACK = 1.5  // pixels that rounding may take
  const UPRIGHT = 3  // and what a letter's box is higher than the letter
  // What gives way on purpose where there is little room: the names of the page and of its network.
  const GIVE_WAY = "h1, .name"
  const FIELDS = "select, input, textarea"

  const faults = new Set()
  const told = words => `“${words.trim().replace(/\s+/g, " ").slice(0, 60)}”`
  const nameOf = ({localName, classList}) => [localName, classList[0]].filter(Boolean).join(".")

  const remembered = find => {
    const known = new Map()
    return element => {
      if (!known.has(element)) known.set(element, find(element))
      return known.get(element)
    }
  }
  const styleOf = remembered(element => getComputedStyle(element))
  const boxOf = remembered(element => element.getBoundingClientRect())
  const parentOf = node => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null
  const upwards = remembered(element => element ? [element, ...upwards(parentOf(element))] : [])

  const [sheets, texts, boxes] = [[], [], []]
  function visit(node) {
    if (node.nodeType === Node.TEXT_NODE && node.data.trim()) texts.push(node)
    if (node.nodeType !== Node.ELEMENT_NODE) return
    const isBoxless = styleOf(node).display === "contents"
    const isSeen = node.checkVisibility({visibilityProperty: true, opacityProperty: true})
    if (node.matches("script, style, option") || !isBoxless && !isSeen) return
    if (node.matches(":popover-open")) sheets.push(node)
    if (!isBoxless) boxes.push(node)
    for (const child of [...node.shadowRoot?.childNodes ?? [], ...node.childNodes]) visit(child)
  }
  visit(document.body)

  // An open sheet is all that counts: it lies over the rest. What is for screen readers alone does not.
  const counts = element => sheets.length === 0 || upwards(element).includes(sheets.at(-1))
  const isForEars = remembered(element => upwards(element).some(each => {
    const {display, clipPath} = styleOf(each)
    const {width, height} = boxOf(each)
    return display !== "contents" && (clipPath.startsWith("inset(50%") || width <= 1 || height <= 1)
  }))
  const isFloating = each =>
    ["fixed", "sticky"].includes(styleOf(each).position) || each.matches(":popover-open")
  const layerOf = remembered(element => upwards(element).find(isFloating))

  // Where something is seen: what was scrolled away is not, and is no fault. Null if all of it was.
  function seen(words, element, {left, right, top, bottom}) {
    for (const each of upwards(element)) {
      const {display, overflowX, overflowY, position} = styleOf(each)
      if (["inline", "contents"].includes(display)) continue
      const box = boxOf(each)
      const isButton = each.matches("button, [role=tab]")
      const [hides, scrolls] = [["hidden", "clip"], ["auto", "scroll"]].map(kinds =>
        ({x: kinds.includes(overflowX), y: kinds.includes(overflowY)}))
      if (scrolls.x && !each.matches(".places") || each.matches(GIVE_WAY))
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)]
      if (scrolls.y) [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)]
      if (right - left < 2 || bottom - top < 2) return null
      const isCut = left < box.left - SLACK || right > box.right + SLACK
      const isLow = top < box.top - UPRIGHT || bottom > box.bottom + UPRIGHT
      if (isCut && (isButton || hides.x || each.matches(".places, svg")))
        faults.add(`${words} sticks out of ${nameOf(each)} sideways`)
      if (isLow && (isButton || hides.y)) faults.add(`${words} sticks out of ${nameOf(each)} above or below`)
      if (position === "fixed" || each.matches(":popover-open")) break
    }
    if (left < -SLACK || right > innerWidth + SLACK) faults.add(`${words} is beside the window`)
    return {left, right, top, bottom}
  }

  const meet = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 5

  const placed = texts.flatMap(node => {
    const element = parentOf(node)
    if (!counts(element) || isForEars(element)) return []
    const range = document.createRange()
    range.selectNodeContents(node)
    const lines = [...range.getClientRects()].filter(({width, height}) => width > 1 && height > 1)
    return lines.map(line => ({node, element, layer: layerOf(element), rect: seen(told(node.data), element, line)}))
  }).filter(({rect}) => rect !== null)
  placed.forEach((one, i) => {
    for (const other of placed.slice(i + 1))
      if (one.node !== other.node && one.layer === other.layer && meet(one.rect, other.rect))
        faults.add(`${told(one.node.data)} lies upon ${told(other.node.data)}`)
  })

  const isShown = element => counts(element) && !isForEars(element) && Number(styleOf(element).opacity) > 0
  for (const field of boxes.filter(box => box.matches(`button, ${FIELDS}`) && isShown(box))) {
    const rect = seen(nameOf(field), field, boxOf(field))
    for (const one of rect ? placed : [])
      if (one.layer === layerOf(field) && meet(one.rect, rect) && !upwards(one.element).includes(field))
        faults.add(`${told(one.node.data)} runs into ${nameOf(field)}`)
  }

  // What a field shows, in its own letters; an address or a command may be longer.
  const pen = document.createElement("canvas").getContext("2d")
  for (const field of boxes.filter(box => box.matches("select, [type=text]") && isShown(box))) {
    if (field.readOnly) continue
    const {font, paddingLeft, paddingRight} = styleOf(field)
    const words = field.selectedOptions?.[0]?.textContent ?? field.value
    pen.font = font
    const over = pen.measureText(words.trim()).width - field.clientWidth + parseFloat(paddingLeft) + parseFloat(paddingRight)
    if (over > SLACK) faults.add(`${told(words)} is ${Math.round(over)} pixels longer than its field`)
  }

  for (const box of boxes.filter(isShown))
    if (["auto", "scroll"].includes(styleOf(box).overflowX) && box.scrollWidth > box.clientWidth + SLACK &&
        !box.matches(FIELDS)) faults.add(`${nameOf(box)} has to be scrolled sideways`)
  if (document.scrollingElement.scrollWidth > innerWidth) faults.add("the page has to be scrolled sideways")
  return [...faults]
}
