// The pictures on buttons, by their names: strokes on a square of 24.

import {element} from "./dom.js"

const PATHS = {
  picture: "M4 7.500h3.500L9.500 5h5l2 2.500H20v12H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z",
  undo: "M8 5 3.5 9.5 8 14M4 9.5h10a5.5 5.5 0 0 1 0 11H9",
  redo: "M16 5l4.5 4.5L16 14M20 9.5H10a5.5 5.5 0 0 0 0 11h5",
  clear: "M6 6l12 12M18 6 6 18",
  erasing: "M9 19 3.5 13.5 14 3l6.5 6.5L11 19zM8.5 8.500l6.500 6.500M9 19.500h11",
  holding: "M7 11V6a1.500 1.500 0 0 1 3 0v5V4.500a1.500 1.500 0 0 1 3 0V11 6a1.500 1.500 0 0 1 3 0v6 -3a1.500 1.500 0 0 1 3 0v6c0 4-2.500 6-6 6s-5-1.500-6.500-4.500L5 14.500a1.500 1.500 0 0 1 2-2z",
  pulses: "M2 12h5l2.500-7 4 14L16 12h6",
  signal: "M4 20V14M9.300 20V9M14.700 20V12M20 20V4",
  play: "M7 4.500v15l12-7.500z",
  pause: "M8 5v14M16 5v14",
  first: "M19 4.500v15l-9-7.500zM5.500 5v14",
  back: "M12.500 4.500v15l-9-7.500zM18.500 5v14",
  step: "M11.500 4.500v15l9-7.500zM5.500 5v14",
  epoch: "M4 4.500v15l7-7.500zM12 4.500v15l7-7.500zM21.500 5v14",
  film: "M4 5h16v14H4zM8 5v14M16 5v14M4 9.700h4M4 14.300h4M16 9.700h4M16 14.300h4",
  centred: "M12 2v5M12 17v5M2 12h5M17 12h5M8 8h8v8H8z",
}

// The picture of this name as markup; nothing if there is none.
const icon = name => name in PATHS
  ? `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${PATHS[name]}"/></svg>` : ""

// Give a button a picture, if there is one of this name, and its label.
export function inscribe(button, name, label) {
  button.innerHTML = icon(name)
  button.append(element("span", {textContent: label}))
}
