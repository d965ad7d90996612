// One quiet sentence at a time. When the connection is lost the page says so, keeps what is
// drawn, asks until the server answers, and reloads itself; the tab brings its drawing along.

const LOST = "The connection is lost. Your drawing is kept, and the page goes on by itself."

// Seconds to wait before asking for the n-th time: soon at first, then every 5 seconds, and
// never all pupils of a class in the same instant.
export function pause(attempt, chance) {
  return Math.min(5, 0.5 * 2 ** attempt) * (0.75 + 0.5 * chance)
}

async function serverAnswers() {
  try {
    return (await fetch(location.href, {method: "HEAD", cache: "no-store"})).status < 500
  } catch {
    return false
  }
}

function comeBack(attempt = 0) {
  setTimeout(async () => {
    if (await serverAnswers()) location.reload()
    else comeBack(attempt + 1)
  }, 1000 * pause(attempt, Math.random()))
}

export function render({model}) {
  const box = document.createElement("div")
  box.className = "box"
  box.dataset.testid = "notice"
  box.setAttribute("role", "status")
  const text = document.createElement("span")
  const close = Object.assign(document.createElement("button"), {type: "button", textContent: "×"})
  close.setAttribute("aria-label", "Close the message")
  close.addEventListener("click", () => model.send_msg({type: "read"}))
  box.append(text, close)

  const say = (sentence, closable) => {
    text.textContent = sentence
    close.hidden = !closable
    box.classList.toggle("quiet", sentence === "")
  }
  model.on("text", () => say(model.text, true))
  model.document.on_event("connection_lost", () => {
    say(LOST, false)
    comeBack()
  })
  say(model.text, true)
  return box
}
