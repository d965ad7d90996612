"""Why a number is what it is: sums term by term, attributions, gradients, preferences, an audit."""
