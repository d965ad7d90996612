"""Predictions, counts and calibration, each recomputed here image by image."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Layer, Network
from core.data.images import Images
from core.evaluation.calibration import reliability
from core.evaluation.metrics import accuracy, confusion_counts, confusion_matrix, digit_scores
from core.evaluation.predictions import Predictions, joined, predict
from core.nn.pretrained import pretrained

READINGS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 1, width=32)), min_size=1
)


def predictions(readings: list[tuple[int, int, float]], threshold: float = 0.5) -> Predictions:
    """Of true digit, digit that was read, and confidence."""
    labels, digits, confidence = zip(*readings, strict=True)
    return Predictions(
        np.array(labels, np.uint8),
        np.array(digits, np.uint8),
        np.array(confidence, np.float32),
        np.zeros((len(labels), 1), np.float32),
        threshold,
    )


@pytest.fixture(scope="module")
def images() -> Images:
    rng = np.random.default_rng(4)
    noise = rng.random((70, 784), dtype=np.float32)
    return Images(noise, rng.integers(0, 10, 70).astype(np.uint8))


@pytest.mark.parametrize("name", ["default", "relu"])
def test_a_network_is_predicted_by_its_own_outputs(name: str, images: Images) -> None:
    network = pretrained()[name]
    found = joined([predict(network, images[:30]), predict(network, images[30:])])
    outputs = network(images.images)
    assert found.digits.tolist() == outputs.argmax(axis=1).tolist()
    assert found.confidence == pytest.approx(outputs.max(axis=1), rel=1e-5)
    assert found.accuracy == accuracy(network, images)
    assert found.hidden == pytest.approx(network.trace(images.images).a[-2], rel=1e-3, abs=1e-5)
    assert found.threshold == network.card["threshold"]
    counts = confusion_counts(found.labels, found.digits)
    assert (counts == confusion_matrix(network, images)).all()


def test_a_network_without_hidden_layers_is_predicted_too() -> None:
    network = Network([Layer(np.eye(3, dtype=np.float32), np.zeros(3))])
    shown = Images(np.eye(3, dtype=np.float32), np.arange(3, dtype=np.uint8))
    found = predict(network, shown)
    assert found.accuracy == 1
    assert (found.hidden == network(shown.images)).all()


@given(READINGS)
def test_a_cell_has_its_images_in_the_order_of_their_confidence(
    readings: list[tuple[int, int, float]],
) -> None:
    found = predictions(readings)
    counts = confusion_counts(found.labels, found.digits)
    assert counts.sum() == len(readings)
    for true, predicted in {each[:2] for each in readings}:
        numbers = found.in_cell(true, predicted).tolist()
        assert len(numbers) == counts[true, predicted]
        expected = [i for i, each in enumerate(readings) if each[:2] == (true, predicted)]
        assert numbers == sorted(expected, key=lambda i: (-readings[i][2], i))


@given(READINGS)
def test_recall_and_precision_are_shares_of_rows_and_columns(
    readings: list[tuple[int, int, float]],
) -> None:
    found = predictions(readings)
    scores = digit_scores(confusion_counts(found.labels, found.digits))
    for digit in range(10):
        read = [predicted for true, predicted, _ in readings if true == digit]
        meant = [true for true, predicted, _ in readings if predicted == digit]
        for shares, own in ((scores.recall, read), (scores.precision, meant)):
            expected = np.mean([each == digit for each in own]) if own else np.nan
            assert shares[digit] == pytest.approx(expected, nan_ok=True)


@given(READINGS, st.floats(0, 1))
def test_what_stays_below_the_threshold_is_rejected(
    readings: list[tuple[int, int, float]], threshold: float
) -> None:
    found = predictions(readings, threshold)
    assert found.rejected.tolist() == [
        np.float32(each[2]) < np.float32(threshold) for each in readings
    ]


@given(READINGS, st.integers(1, 20))
def test_the_reliability_is_that_of_each_bin(
    readings: list[tuple[int, int, float]], bins: int
) -> None:
    found = predictions(readings)
    told = reliability(found.confidence, found.right, bins)
    assert told.counts.sum() == len(readings)
    error = 0.0
    for number in range(bins):
        own = [
            (sure, true == read)
            for true, read, sure in readings
            if min(int(sure * bins), bins - 1) == number
        ]
        assert told.counts[number] == len(own)
        if own:
            sure, right = np.mean(own, axis=0)
            assert told.confidence[number] == pytest.approx(sure)
            assert told.accuracy[number] == pytest.approx(right)
            error += len(own) / len(readings) * abs(right - sure)
        else:
            assert np.isnan([told.confidence[number], told.accuracy[number]]).all()
    assert told.error == pytest.approx(error, abs=1e-12)


def test_outputs_without_bounds_count_as_none_or_all() -> None:
    told = reliability(np.array([-3, 7], np.float32), np.array([False, True]))
    assert told.counts.tolist() == [1, *[0] * 8, 1]
    assert told.error == 0
