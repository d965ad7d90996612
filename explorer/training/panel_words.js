// Numbers of a training as a person reads them.

import {number, percent, significant, text} from "../browser/texts.js"

export const percentWords = share =>
  share === undefined ? "" : percent(share)

// A loss can be beyond all numbers.
export const lossWords = value =>
  value === undefined ? "" : value === null ? text("train.infinite") : significant(value, 3)

// What a network says to one's own drawing.
export const ownAnswer = ({digit, output}) =>
  digit === undefined ? text("train.own_blank") : text("train.own_answer", {digit, output: number(output, 2)})
