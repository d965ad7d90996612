// The texts of the page, from the catalogue that Python uses as well, and numbers as the language
// writes them.

import {content} from "../texts/en.json"

const LANGUAGE = content.language

// Among words that are written from right to left, a sign stays before its number by an invisible mark.
const MARK = LANGUAGE === "he" ? "\u200e" : ""
export const MINUS = `${MARK}−`
export const PLUS = `${MARK}+`

const plural = new Intl.PluralRules(LANGUAGE)
const formats = new Map()

// The format of this name, which is made once: to make one takes longer than to use it.
function format(name, options) {
  if (!formats.has(name)) formats.set(name, new Intl.NumberFormat(LANGUAGE, options()))
  return formats.get(name)
}

// Browsers set thousands apart in Spanish as was done before 2010.
const THOUSANDS = content["number.thousands"]
const [{value: GROUP}] = new Intl.NumberFormat(LANGUAGE).formatToParts(1e7)
  .filter(({type}) => type === "group")

// A number with so many digits behind the point.
export const number = (value, digits = 0) => format(`.${digits}`, () =>
  ({minimumFractionDigits: digits, maximumFractionDigits: digits})).format(value).replaceAll(GROUP, THOUSANDS)

// The same with a minus sign, which is longer than a hyphen.
export const signedNumber = (value, digits = 0) =>
  (value < 0 ? MINUS : "") + number(Math.abs(value), digits)

// A share, 0-1, in per cent; a dash for none.
export const percent = (share, digits = 1) => share === null ? text("percentage.none")
  : text("percentage.value", {value: number(100 * share, digits)})

// A number with so many digits that count.
export function significant(value, digits) {
  const notation = value !== 0 && Math.abs(value) < 1e-6 ? "scientific" : "standard"
  return format(`${digits} ${notation}`, () =>
    ({minimumSignificantDigits: digits, maximumSignificantDigits: digits, notation})).format(value)
}

const lists = new Intl.ListFormat(LANGUAGE, {type: "conjunction"})

// Several things as one names them in a sentence.
export const list = things => lists.format(things.map(String))

// A number as a power of ten, with so many digits behind the point.
export const scientific = (value, digits) =>
  value.toExponential(digits).replace(".", content["number.point"])

// A number of any size in little room, with so many digits that count and a minus sign.
export function compact(value, digits) {
  const size = Math.abs(value)
  if (size === 0) return number(0)
  const shown = size < 1e-3 ? scientific(size, digits - 1).replace("-", MINUS) : significant(size, digits)
  return (value < 0 ? MINUS : "") + shown
}

// The text of this name, with these values in its placeholders; `count` chooses its plural form.
export function text(key, values = {}) {
  const entry = content[key]
  if (entry === undefined) throw new RangeError(`there is no text "${key}"`)
  const pattern = typeof entry === "string" ? entry : entry[plural.select(values.count)] ?? entry.other
  return pattern.replace(/\{(\w+)\}/g, (_, name) => {
    if (!(name in values)) throw new RangeError(`"${key}" needs a value for "${name}"`)
    return name === "count" ? number(values.count) : values[name]
  })
}
