"""The confusion matrix of a class: that of the place Test, on the teacher's page from the start."""

from __future__ import annotations

from explorer.diagram.confusion_matrix import ConfusionMatrix


class ClassMatrix(ConfusionMatrix):
    """What pupils meant, and what the network read."""

    script = ConfusionMatrix.script
