package clipboard

import (
	"errors"
	"fmt"
	"image"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32   = windows.NewLazySystemDLL("user32.dll")
	kernel32 = windows.NewLazySystemDLL("kernel32.dll")

	openClipboard    = user32.NewProc("OpenClipboard")
	emptyClipboard   = user32.NewProc("EmptyClipboard")
	setClipboardData = user32.NewProc("SetClipboardData")
	closeClipboard   = user32.NewProc("CloseClipboard")
	registerFormat   = user32.NewProc("RegisterClipboardFormatW")
	globalAlloc      = kernel32.NewProc("GlobalAlloc")
	globalFree       = kernel32.NewProc("GlobalFree")
	globalLock       = kernel32.NewProc("GlobalLock")
	globalUnlock     = kernel32.NewProc("GlobalUnlock")
)

// formatDIB is CF_DIB.
const formatDIB = 8

// put gives the picture to the system in both forms that programs ask for: as PNG and as a bitmap.
func put(img image.Image, content []byte) error {
	runtime.LockOSThread() // the clipboard is open for a thread
	defer runtime.UnlockOSThread()
	if err := open(); err != nil {
		return err
	}
	defer closeClipboard.Call()
	if ok, _, err := emptyClipboard.Call(); ok == 0 {
		return fmt.Errorf("empty the clipboard: %w", err)
	}
	name, err := windows.UTF16PtrFromString("PNG")
	if err != nil {
		return err
	}
	if format, _, _ := registerFormat.Call(uintptr(unsafe.Pointer(name))); format != 0 {
		if err := give(format, content); err != nil {
			return err
		}
	}
	return give(formatDIB, dib(img))
}

// open opens the clipboard, which another program may have for a moment.
func open() error {
	const tries, pause = 20, 25 * time.Millisecond
	for range tries {
		if ok, _, _ := openClipboard.Call(0); ok != 0 {
			return nil
		}
		time.Sleep(pause)
	}
	return errors.New("another program has the clipboard open: try again")
}

// give hands over a copy of some data, which belongs to the system from then on.
func give(format uintptr, data []byte) error {
	const moveable = 2
	h, _, err := globalAlloc.Call(moveable, uintptr(len(data)))
	if h == 0 {
		return fmt.Errorf("no memory for %d bytes: %w", len(data), err)
	}
	at, _, err := globalLock.Call(h)
	if at == 0 {
		globalFree.Call(h)
		return err
	}
	copy(unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&at))), len(data)), data)
	globalUnlock.Call(h)
	if ok, _, err := setClipboardData.Call(format, h); ok == 0 {
		globalFree.Call(h)
		return fmt.Errorf("give it to the clipboard: %w", err)
	}
	return nil
}
