// The colours of the picture, the same as in explorer/diagram/palette.py.

export const GROUND = "#0b0d12"
export const RING = "#ffffff"
export const POSITIVE = "#58C4DD"
export const NEGATIVE = "#FC6255"
export const SELECTED = "#FFFF00"
