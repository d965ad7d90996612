// The grip of a sheet at the bottom of the screen: dragged up it grows, dragged down it goes away.

const [SMALLEST, LARGEST] = [0.2, 0.92]  // shares of the window's height

// How high a sheet is that was dragged to `y` in a window of this height; null if it is put away.
export function heightAt(y, windowHeight) {
  const share = 1 - y / windowHeight
  return share < SMALLEST ? null : Math.min(share, LARGEST) * windowHeight
}

// `move(height)` is told while it is dragged, and `putAway()` when it is let go of at the bottom.
export function makeDraggable(grip, {move, putAway}) {
  grip.addEventListener("pointerdown", event => grip.setPointerCapture(event.pointerId))
  grip.addEventListener("pointermove", event => {
    if (grip.hasPointerCapture(event.pointerId))
      move(heightAt(event.clientY, innerHeight) ?? SMALLEST * innerHeight)
  })
  grip.addEventListener("pointerup", event => {
    if (heightAt(event.clientY, innerHeight) === null) putAway()
  })
}
