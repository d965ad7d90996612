// Numbers as they are shown.

export const clip = (value, low, high) => Math.min(high, Math.max(low, value))

// How bright an activation is shown, 0-1, where `full` is the one of full brightness.
export const brightness = (activation, full) => clip(Math.abs(activation) / full, 0, 1)
