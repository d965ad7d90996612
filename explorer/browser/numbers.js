// Numbers as they are shown.

export const clip = (value, low, high) => Math.min(high, Math.max(low, value))

// How bright an activation is shown, 0-1, where `full` is the one of full brightness.
export const brightness = (activation, full) => clip(Math.abs(activation) / full, 0, 1)

// The number that a person has written, with a point or a comma, as a fraction or with either minus;
// null if it is none.
export function parsed(written) {
  const parts = written.trim().replace("−", "-").replaceAll(",", ".").split("/")
  const numbers = parts.map(part => part.trim() === "" ? NaN : Number(part))
  const value = parts.length === 1 ? numbers[0] : parts.length === 2 ? numbers[0] / numbers[1] : NaN
  return Number.isFinite(value) ? value : null
}

// Whether two lists or arrays hold the same values.
export const isSame = (one, other) =>
  one.length === other.length && one.every((value, i) => value === other[i])
