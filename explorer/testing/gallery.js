// The images behind a number of a test: thumbnails, each a button that puts its image on the pad.

import {bytesOf} from "../browser/bytes.js"
import {button, element, write} from "../browser/dom.js"
import {imagesIn} from "../browser/images.js"
import {number, text} from "../browser/texts.js"
import {thumbnail} from "../browser/thumbnail.js"

// What the images have in common, and how many they are.
export function heading({kind, ...values}) {
  if (kind === "region") return text("gallery.region", values)
  if (kind === "one")
    return values.network === 0 ? text("gallery.first_alone", values) : text("gallery.second_alone", values)
  const named = {...values, digit: values.true}
  return values.true === values.predicted ? text("gallery.right", named) : text("gallery.wrong", named)
}

// What is read in an image, by one network or by two, and how large the output is.
export const caption = ({read, output}) =>
  read.map((digit, i) => `${digit} ${number(output[i], 2)}`).join(" · ")

class Gallery {
  constructor(model) {
    this.model = model
    const send = type => model.send_msg({type})
    this.heading = element("span")
    this.heading.setAttribute("role", "status")
    this.images = element("div", {className: "thumbnails"})
    this.more = button(text("gallery.more"), () => send("more"))
    this.close = button(text("gallery.close"), () => send("close"))
    this.box = element("section", {}, element("h3", {}, this.heading), this.images,
      element("div", {className: "bar"}, this.more, this.close))
    this.box.setAttribute("aria-label", text("gallery.name"))
    this.box.dataset.testid = "gallery"
  }

  show() {
    const {content} = this.model
    this.box.hidden = content.kind === undefined
    if (this.box.hidden) return
    write(this.heading, heading(content))
    this.comeIntoView(content)
    this.more.hidden = !content.more
  }

  // When other images are looked at; the same may be counted anew again and again.
  comeIntoView({count, more, ...subject}) {
    const isOther = JSON.stringify(subject) !== this.subject
    this.subject = JSON.stringify(subject)
    if (isOther) requestAnimationFrame(() =>
      (this.images.firstChild ?? this.box).scrollIntoView({block: "nearest"}))
  }

  showImages() {
    const {images, pixels} = this.model
    const shown = imagesIn(bytesOf(atob(pixels)))
    this.images.replaceChildren(...images.map((image, i) => this.thumbnail(image, shown[i])))
  }

  thumbnail({number, digit, ...answers}, pixels) {
    const read = caption(answers)
    const draw = () => this.model.send_msg({type: "draw", number})
    return thumbnail(text("gallery.image", {digit, read}), pixels, read, draw)
  }
}

export function render({model}) {
  const gallery = new Gallery(model)
  model.on("content", () => gallery.show())
  model.on("pixels", () => {
    gallery.showImages()
    gallery.show()
  })
  gallery.showImages()
  gallery.show()
  return gallery.box
}
