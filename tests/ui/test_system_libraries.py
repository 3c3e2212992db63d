import os
import subprocess
import sys

import pytest

from editor.ui import system_libraries

LINUX = sys.platform.startswith("linux")


def test_nothing_is_missing_where_the_tests_run():
    assert system_libraries.problem() is None


@pytest.mark.skipif(not LINUX, reason="only Linux can lack a display")
def test_no_display_is_said_in_one_sentence():
    said = system_libraries.problem({})
    assert said is not None
    assert "DISPLAY" in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({}, None),
        ({"DISPLAY": ":0"}, "xcb"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "wayland"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "offscreen"),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, "wayland"),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "vnc"),
        ({"QT_QPA_PLATFORM": "", "DISPLAY": ":0"}, "xcb"),
    ],
)
def test_the_platform_is_the_one_that_qt_would_choose(environment, platform):
    assert system_libraries.chosen_platform(environment) == platform


def test_a_missing_library_is_named_with_its_packages():
    said = system_libraries.explain(
        "libxcb-cursor.so.0: cannot open shared object file: No such file or directory", "xcb"
    )
    assert "libxcb-cursor.so.0" in said
    assert "libxcb-cursor0" in said.split("sudo apt install")[1]
    assert "xcb-util-cursor" in said.split("sudo dnf install")[1]
    assert "\n" not in said


def test_two_libraries_of_one_package_name_it_once():
    known = system_libraries.packages("offscreen")
    said = system_libraries.install_sentence(["libnss3.so", "libsmime3.so", "libEGL.so.1"], known)
    assert "sudo apt install libegl1 libnss3”" in said


def test_what_another_platform_needs_is_not_asked_for():
    assert "libxcb-cursor.so.0" in system_libraries.packages("xcb")
    assert "libxcb-cursor.so.0" not in system_libraries.packages("offscreen")
    assert "libwayland-client.so.0" not in system_libraries.packages("xcb")


def test_a_library_that_is_not_in_the_table_is_named():
    assert "libodd.so.3" in system_libraries.install_sentence(["libodd.so.3"], {})


def test_another_failure_is_passed_on_in_its_first_line():
    said = system_libraries.explain("version `GLIBC_2.99' not found\nand more", "xcb")
    assert "GLIBC_2.99" in said
    assert "and more" not in said


@pytest.mark.skipif(not LINUX, reason="the loader's message is Linux's")
def test_the_message_of_the_real_loader_is_understood(tmp_path):
    """A stand-in for PySide6 that needs a library nobody has: what Python says then is what is explained."""
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text("import ctypes\nctypes.CDLL('libnobody-has-this.so.7')\n", "utf-8")
    program = "from editor.ui import system_libraries; print(system_libraries.problem())"
    ended = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {program}"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "libnobody-has-this.so.7" in ended.stdout
    assert ended.stderr == ""


@pytest.mark.skipif(not LINUX, reason="the plugin is a Linux one")
def test_a_platform_plugin_that_can_not_be_loaded_is_noticed(tmp_path):
    """Qt would end the process; loading the plugin beforehand raises instead."""
    plugin = tmp_path / "Qt/plugins/platforms/libqodd.so"
    plugin.parent.mkdir(parents=True)
    plugin.write_bytes(b"no library")
    with pytest.raises(OSError, match=r"libqodd\.so"):
        system_libraries._load_platform(tmp_path, "odd")
