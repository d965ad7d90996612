// A plot that comes later than the part around it.

export function render({model}) { return model.get_child("plot") }
