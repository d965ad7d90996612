// What a tab keeps, in a storage with room for so many characters of a text.

export function openTab(room = 1000) {
  const map = new Map()
  const setItem = (key, text) => {
    if (text.length > room) throw new DOMException("full", "QuotaExceededError")
    map.set(key, text)
  }
  const value = {getItem: key => map.get(key) ?? null, setItem, removeItem: key => map.delete(key)}
  Object.defineProperty(globalThis, "sessionStorage", {value, configurable: true})
}
