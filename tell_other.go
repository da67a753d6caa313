//go:build !windows

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/mattn/go-isatty"
)

// software is what draws where no graphics card does.
const software = ", or Mesa (on Debian and Ubuntu the package libgl1-mesa-dri)"

// tell says why there is no window: on standard error, and, where no terminal shows that, in a box
// of whatever program the desktop has for it.
func tell(message string) {
	fmt.Fprintln(os.Stderr, "ganvas: "+message)
	if isatty.IsTerminal(os.Stderr.Fd()) || os.Getenv("DISPLAY")+os.Getenv("WAYLAND_DISPLAY") == "" {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	for _, box := range [][]string{
		{"zenity", "--error", "--no-markup", "--title=Ganvas", "--text=" + message},
		{"kdialog", "--title", "Ganvas", "--error", message},
		{"xmessage", "-center", "Ganvas: " + message},
	} {
		if c := exec.CommandContext(ctx, box[0], box[1:]...); c.Err == nil {
			_ = c.Run()
			return
		}
	}
}
