package process

import (
	"os"
	"sync/atomic"

	"golang.org/x/sys/windows"
)

var (
	attachConsole         = kernel32.NewProc("AttachConsole")
	setConsoleCtrlHandler = kernel32.NewProc("SetConsoleCtrlHandler")
)

const attachParentProcess = ^uintptr(0) // ATTACH_PARENT_PROCESS

// AttachConsole connects a program of the window subsystem, which has no console, to the one of the
// program that started it, so that it can print there and Ctrl-C reaches it. Output that goes to a
// file or a pipe stays there. Without a console nothing changes.
func AttachConsole() {
	if ok, _, _ := attachConsole.Call(attachParentProcess); ok == 0 {
		return
	}
	// Windows forgets the handler of the Go runtime when a console is attached.
	_, _, _ = setConsoleCtrlHandler.Call(windows.NewCallback(consoleEvent), 1)
	os.Stdin = standard(windows.STD_INPUT_HANDLE, "CONIN$", os.Stdin)
	os.Stdout = standard(windows.STD_OUTPUT_HANDLE, "CONOUT$", os.Stdout)
	os.Stderr = standard(windows.STD_ERROR_HANDLE, "CONOUT$", os.Stderr)
}

// standard returns the file, pipe or console that a standard handle is now, or the console where it
// is none.
func standard(which uint32, console string, old *os.File) *os.File {
	h, err := windows.GetStdHandle(which)
	if kind, errKind := windows.GetFileType(h); err == nil && h != 0 && errKind == nil && kind != windows.FILE_TYPE_UNKNOWN {
		return os.NewFile(uintptr(h), old.Name())
	}
	f, err := os.OpenFile(console, os.O_RDWR, 0)
	if err != nil {
		return old
	}
	_ = windows.SetStdHandle(which, windows.Handle(f.Fd()))
	return f
}

// A console sends its events on a thread of its own. The first goes to NotifyEnd; whatever comes
// after it, or while there is none, does what Windows does.
var (
	events  = make(chan struct{}, 1)
	awaited atomic.Bool
)

func consoleEvents() <-chan struct{} {
	awaited.Store(true)
	return events
}

func consoleEvent(kind uint32) uintptr {
	if !awaited.Swap(false) {
		return 0
	}
	events <- struct{}{}
	if kind >= windows.CTRL_CLOSE_EVENT {
		select {} // Windows ends the process when this returns, or after some seconds
	}
	return 1
}
