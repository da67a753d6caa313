package main

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/windows"

	"ganvas/engine/process"
)

// software is what draws where no graphics card does.
const software = ", or Mesa's opengl32.dll beside Ganvas.exe"

// tell says why there is no window: on standard error, or, after a double click, in a box.
func tell(message string) {
	process.AttachConsole()
	fmt.Fprintln(os.Stderr, "ganvas: "+message)
	if h, err := windows.GetStdHandle(windows.STD_ERROR_HANDLE); err == nil && h != 0 {
		if kind, _ := windows.GetFileType(h); kind != windows.FILE_TYPE_UNKNOWN {
			return
		}
	}
	text, err := windows.UTF16PtrFromString(strings.ReplaceAll(message, "\x00", ""))
	if err != nil {
		return
	}
	title, _ := windows.UTF16PtrFromString("Ganvas")
	_, _ = windows.MessageBox(0, text, title, windows.MB_OK|windows.MB_ICONERROR)
}
