"""How a network learns: losses, gradients, optimizers, recipes, and the way through all of it."""
