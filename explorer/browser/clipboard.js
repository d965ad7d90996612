// What can be pasted elsewhere.

// Put the text of a field where it can be pasted from. Pages that came without encryption may not do
// it by themselves; they can copy what is selected.
export async function copy(input) {
  input.select()
  if (navigator.clipboard) await navigator.clipboard.writeText(input.value)
  else document.execCommand("copy")
}
