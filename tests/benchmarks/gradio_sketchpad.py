"""The peer: a Gradio sketchpad over the same network, which shows the ten outputs as a label."""

from __future__ import annotations

import argparse
from typing import Any

import gradio as gr
import numpy as np

from core import Network
from core.assets import asset

NETWORK = Network.load(asset("networks/default.npz"))


def outputs(sketch: dict[str, Any] | None) -> dict[str, float]:
    """The outputs for what the editor sends: a picture of 280 × 280 pixels, black on white."""
    if sketch is None or sketch["composite"] is None:
        return {}
    ink = 1 - np.asarray(sketch["composite"], dtype=np.float32) / 255
    image = ink.reshape(28, ink.shape[0] // 28, 28, ink.shape[1] // 28).mean(axis=(1, 3))
    return {str(digit): float(a) for digit, a in enumerate(NETWORK(image.reshape(-1)))}


def main() -> None:
    """Serve it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    with gr.Blocks() as page:
        pad = gr.Sketchpad(canvas_size=(280, 280), image_mode="L", type="numpy")
        label = gr.Label(num_top_classes=10, elem_id="answer")
        pad.change(outputs, pad, label, show_progress="hidden")
    page.launch(server_port=parser.parse_args().port, quiet=True)


if __name__ == "__main__":
    main()
