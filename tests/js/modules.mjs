// The page's modules, as the browser gets them; Node would take a bare .js file for CommonJS.
import {readFile} from "node:fs/promises"

const explorer = new URL("../../explorer/", import.meta.url)

export async function load(name) {
  const source = await readFile(new URL(name, explorer), "utf-8")
  return import(`data:text/javascript,${encodeURIComponent(source)}`)
}
