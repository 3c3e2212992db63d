from pathlib import Path

import pytest

from editor.ui import composition
from editor.ui.composition import choose, has_gpu

LOCAL = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}


@pytest.fixture
def machine(tmp_path: Path):
    """Give a function: the folders of a machine whose render node has this driver; None: no node."""

    def make(driver: str | None) -> dict[str, Path]:
        devices, drm = tmp_path / "dri", tmp_path / "drm"
        devices.mkdir()
        drm.mkdir()
        if driver is not None:
            (devices / "renderD128").touch()
            (tmp_path / "drivers" / driver).mkdir(parents=True)
            (drm / "renderD128" / "device").mkdir(parents=True)
            (drm / "renderD128" / "device" / "driver").symlink_to(tmp_path / "drivers" / driver)
        return {"devices": devices, "drm": drm}

    return make


@pytest.mark.parametrize("driver", ["i915", "amdgpu", "nvidia", "nouveau", "msm"])
@pytest.mark.parametrize("environment", [LOCAL, WAYLAND, {**LOCAL, "QT_QPA_PLATFORM": "xcb"}])
def test_a_gpu_behind_the_screen_is_found(machine, driver, environment):
    assert has_gpu(
        environment, platform="linux", **machine(driver), has_extension=lambda _display, _names: True
    )


@pytest.mark.parametrize("driver", [None, "vgem", "vkms", "virtio-pci"])
def test_a_machine_without_one_has_none(machine, driver):
    folders = machine(driver)
    for environment in (LOCAL, WAYLAND):
        assert not has_gpu(
            environment, platform="linux", **folders, has_extension=lambda _display, _names: True
        )


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": "localhost:10.0"},
        {"DISPLAY": "far.example.org:0"},
        {**LOCAL, "QT_QPA_PLATFORM": "offscreen"},
        {**WAYLAND, "QT_QPA_PLATFORM": "vnc:size=800x600"},
        {**LOCAL, "LIBGL_ALWAYS_SOFTWARE": "1"},
        {**WAYLAND, "GALLIUM_DRIVER": "llvmpipe"},
    ],
)
def test_a_screen_elsewhere_or_none_goes_without(machine, environment):
    assert not has_gpu(
        environment, platform="linux", **machine("i915"), has_extension=lambda _display, _names: True
    )


@pytest.mark.parametrize(("answer", "found"), [(False, False), (True, True), (None, True)])
def test_an_x_server_that_hands_nothing_on_goes_without(machine, answer, found):
    asked = []

    def has_extension(display, names):
        asked.append((display, names))
        return answer

    assert (
        has_gpu({"DISPLAY": ":7"}, platform="linux", **machine("i915"), has_extension=has_extension) is found
    )
    assert asked == [(":7", ("DRI3", "DRI2", "NV-GLX"))]


def test_an_x_server_that_is_not_there_can_not_be_asked():
    assert composition._x_server_has(":9137", ("DRI3",)) is None


def test_elsewhere_a_gpu_is_taken_for_granted():
    assert has_gpu({}, platform="darwin")
    assert has_gpu({}, platform="win32")


def test_what_is_said_goes_before_what_is_found():
    assert choose("gpu", {}) == "gpu"
    assert choose("software", LOCAL) == "software"
    assert choose("auto", {"QT_QUICK_BACKEND": "software"}) == "software"
    assert choose("auto", {"QT_QUICK_BACKEND": "rhi"}) == "gpu"
    assert choose("auto", {"QT_QPA_PLATFORM": "offscreen"}) == "software"


def test_both_parts_of_the_program_are_told(monkeypatch):
    environment = {"QTWEBENGINE_CHROMIUM_FLAGS": "--log-level=3"}
    monkeypatch.setattr(composition.os, "environ", environment)
    for _twice in range(2):
        composition.apply("software")
        assert environment == {
            "QT_QUICK_BACKEND": "software",
            "QTWEBENGINE_CHROMIUM_FLAGS": "--log-level=3 --disable-gpu",
        }
    composition.apply("gpu")
    assert environment == {"QTWEBENGINE_CHROMIUM_FLAGS": "--log-level=3"}
