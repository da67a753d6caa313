//go:build unix && !darwin

package clipboard

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
)

// put gives a PNG to the program that Wayland has for that, where it is installed; else to X11,
// which Wayland passes on.
func put(_ image.Image, content []byte) error {
	wayland, x11 := os.Getenv("WAYLAND_DISPLAY") != "", os.Getenv("DISPLAY") != ""
	if wayland {
		err := wlCopy(content)
		switch {
		case err == nil || !x11 && !errors.Is(err, exec.ErrNotFound):
			return err
		case !x11:
			return errors.New("on Wayland it needs the program wl-copy: install wl-clipboard")
		}
	}
	if !x11 {
		return errors.New("there is no display, so no clipboard")
	}
	return own(content)
}

// wlCopy has wl-copy keep the content, which goes on in the background until something else is
// copied.
func wlCopy(content []byte) error {
	path, err := exec.LookPath("wl-copy")
	if err != nil {
		return err
	}
	c := exec.Command(path, "--type", "image/png")
	c.Stdin = bytes.NewReader(content)
	if err := c.Run(); err != nil {
		return fmt.Errorf("wl-copy: %w", err)
	}
	return nil
}
