// The page's modules as they lie on the disk; Node would take a bare .js file for CommonJS. A file
// of JSON is a module that exports its `content`, as explorer/transport/scripts.py has it.
import {register} from "node:module"

const explorer = new URL("../../explorer/", import.meta.url)

const hook = `
import {readFileSync} from "node:fs"
export const load = (url, context, next) => {
  if (!url.startsWith("${explorer}")) return next(url, context)
  if (!url.endsWith(".json")) return next(url, {...context, format: "module"})
  const source = "export const content = " + readFileSync(new URL(url), "utf-8")
  return {format: "module", shortCircuit: true, source}
}`

register(`data:text/javascript,${encodeURIComponent(hook)}`)

export const load = name => import(new URL(name, explorer))
