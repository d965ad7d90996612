// The page's modules as they lie on the disk; Node would take a bare .js file for CommonJS.
import {register} from "node:module"

const explorer = new URL("../../explorer/", import.meta.url)

const hook = `export const load = (url, context, next) =>
  next(url, url.startsWith("${explorer}") ? {...context, format: "module"} : context)`

register(`data:text/javascript,${encodeURIComponent(hook)}`)

export const load = name => import(new URL(name, explorer))
