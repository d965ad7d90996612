// A page's channel: a websocket of its own, on which frames come.

// How often a channel is looked for, and the milliseconds between two attempts: of several
// processes, each knows its own pages only, and refuses the others' at once.
const ATTEMPTS = 60
const PAUSE = 15

// Open the channel at `address`, seen from the page. A listener's `opened` gets it once it is
// greeted, `hear` its frames, and `lost` is told of its end.
export function openChannel(address, ticket, listener, attempt = 1) {
  const socket = new WebSocket(absolute(address), ["neuron-explorer.1", ticket])
  socket.binaryType = "arraybuffer"
  let stands = false
  socket.onmessage = ({data}) => {
    if (stands) return listener.hear(data)
    stands = true  // the first message is a greeting
    listener.opened(socket)
  }
  socket.onclose = () => {
    if (stands) listener.lost()
    else if (attempt < ATTEMPTS)
      setTimeout(openChannel, PAUSE, address, ticket, listener, attempt + 1)
  }
}

function absolute(address) {
  const found = new URL(address, document.baseURI)
  found.protocol = found.protocol.replace("http", "ws")
  return found
}
